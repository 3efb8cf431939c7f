import * as z from 'zod'
import { SiteInput } from '#shared/sites.ts'
import type { Raw } from '#main/platform/database.ts'
import { joinPath, readTextFile } from '#main/platform/files.ts'
import type { Log } from '#main/platform/log.ts'
import { keepRunning } from '#main/platform/program.ts'

export interface DemoWorld {
  readonly programFolder: string
  readonly dataFolder: string
  readonly log: Log
  readonly stopped: AbortSignal
  add(site: SiteInput): Promise<unknown>
}

/** The key in the built-in stack's site file. Its site is watched once the stack is up, so that a start shows no alarm. */
export const DEMO_SITE_KEY = 'demo-lollies'

const Ready = z.object({ ready: z.literal(true), siteFile: z.string() })

/** Runs the built-in stack beside the core and adds its site like any other, from the site file that it writes. */
export function runDemoSite(world: DemoWorld): Promise<void> {
  return keepRunning({
    script: joinPath(world.programFolder, 'demo', 'lollies.js'),
    args: ['--json', '--data', joinPath(world.dataFolder, 'demo')],
    log: world.log,
    stopped: world.stopped,
    onLine: (line) => {
      addFrom(line, world).catch((error: unknown) => world.log.error({ err: error }, 'the built-in site could not be added'))
    },
    onExit: (reason) => world.log.warn({ reason }, 'the built-in stack stopped'),
  })
}

async function addFrom(line: string, world: DemoWorld): Promise<void> {
  if (!line.startsWith('{')) return
  const { siteFile } = Ready.parse(JSON.parse(line))
  await world.add(SiteInput.parse(JSON.parse(await readTextFile(siteFile))))
}

/** The built-in site as its stack describes it now, under the name that it has here: its owner may have given it another. */
export function withItsName(db: Raw, site: SiteInput): SiteInput {
  const name = db
    .prepare<[string], string>('SELECT name FROM sites WHERE key = ?')
    .pluck()
    .get(site.key ?? '')
  return name === undefined ? site : { ...site, name }
}
