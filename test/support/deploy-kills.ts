import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import * as z from 'zod'
import type { DeployRun } from '#shared/publishing.ts'
import { createCloudFront } from '#main/providers/cloudfront/cloudfront.ts'
import { createHttp } from '#main/platform/http.ts'
import { startBucketOrigin } from './bucket-origin.ts'
import { eventually } from './core-client.ts'
import { startCoreProcess } from './core-process.ts'
import { quickTimings, startTestDemo } from './demo.ts'
import { writeSite, type SiteFiles } from './local-release.ts'
import { BUCKET, publishingSite } from './publishing-site.ts'
import { startS3Server } from './s3-server.ts'

export interface Killed {
  readonly edition: number
  /** Null: it was killed before the deploy was on disk, and nobody was told that it had begun. */
  readonly run: DeployRun | null
  /** The folder was gone when the core came back. */
  readonly folderGone: boolean
}

export interface DeployKills {
  /** Publishes the next edition, kills the core when `moment` has come, and starts it again. `tear`: without the folder. */
  killAndGoOn(moment: () => Promise<unknown>, tear: boolean): Promise<Killed>
  /** Resolves when such a request has reached the store, which answers it later. */
  asked(what: RegExp): Promise<void>
  /** Resolves when the switch of the deploy has come so far. */
  switched(state: 'intent' | 'switched' | 'deployed'): Promise<unknown>
  /** What was wrong at any moment so far. */
  readonly faults: string[]
  /** How often the release that visitors get was looked at. */
  looks(): number
  stop(): Promise<void>
}

const PAGES = 24
const Manifest = z.object({ files: z.array(z.object({ file: z.string() })) })

/** Half of the pages and one asset differ in each edition. */
function filesOf(edition: number): SiteFiles {
  const pages = Array.from({ length: PAGES }, (_, at) => [
    at === 0 ? 'index.html' : `page-${at}/index.html`,
    `<!doctype html><title>Page ${at}</title><p>edition ${at % 2 === 0 ? edition : 0} of ${'words '.repeat(200)}`,
  ])
  const hashed = (0x10000000 + edition).toString(16).replace(/^1/, 'a')
  return {
    ...Object.fromEntries(pages),
    [`assets/app.${hashed}.css`]: `p { order: ${edition} }`,
    'robots.txt': 'User-agent: *\n',
  }
}

/** The built-in stack in front of a bucket in this process, and a core in another one that is killed. */
export async function deployKills(): Promise<DeployKills> {
  const s3 = await startS3Server('AKIATEST')
  const origin = await startBucketOrigin(s3, BUCKET)
  const stack = await startTestDemo(mkdtempSync(join(tmpdir(), 'frostline-kills-')), quickTimings, origin.url)
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-killed-'))
  const http = createHttp()
  const edge = createCloudFront({
    distributionId: stack.demo.distributionId,
    endpoint: stack.demo.urls.control,
    region: 'us-east-1',
    credentials: { kind: 'keys', ...stack.demo.credentials },
    http,
  })
  let core = await startCoreProcess(dataFolder)
  const { siteId } = await core.client.sites.add(publishingSite(stack, s3, { keep: 3 }))
  const faults: string[] = []
  const waiting = new Map<RegExp, () => void>()
  let edition = 0
  let looks = 0
  /** A line of some length, so that a kill meets uploads in their middle. */
  s3.before = (call) => {
    for (const [what, tell] of waiting) if (what.test(call)) tell()
    return new Promise((resolve) => setTimeout(() => resolve(null), 10 + Math.random() * 30))
  }

  /** What an edge would find below an origin path, held against the edition that its home page names. */
  function faultOf(originPath: string): string | null {
    const folder = `${BUCKET}${originPath}/`
    const manifest = s3.objects.get(`${folder}.frostline-manifest.json`)
    if (!manifest) return `${originPath} is live and has no manifest`
    const home = s3.objects.get(`${folder}index.html`)?.body.toString() ?? ''
    const expected = filesOf(Number(/edition (\d+)/.exec(home)?.[1] ?? -1))
    const named = Manifest.parse(JSON.parse(manifest.body.toString())).files.map(({ file }) => file)
    const wrong = Object.entries(expected).filter(([file, text]) => s3.objects.get(folder + file)?.body.toString() !== text)
    if (wrong.length > 0 || named.length !== Object.keys(expected).length) {
      return `${originPath} is live and not whole: ${wrong.map(([file]) => file).join(', ')}`
    }
    return null
  }

  async function look(): Promise<void> {
    const { originPath } = (await edge.switchOrigin?.read()) ?? { originPath: '' }
    // What the stack had before the first deploy.
    if (/\/r-\d+$/.test(originPath)) return
    looks += 1
    const fault = faultOf(originPath)
    if (fault !== null && !faults.includes(fault)) faults.push(fault)
  }
  const watching = new AbortController()
  const watch = (async () => {
    while (!watching.signal.aborted) {
      await look()
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  })()

  const runs = async () => (await core.client.publishing.list({ siteId })).runs
  const visitor = async (path: string) => {
    const { host, port } = new URL(stack.site.zones[0]?.url ?? '')
    return (await request(`http://127.0.0.1:${port}${path}`, { headers: { host } })).body.text()
  }

  async function holdToAccount({ run, edition: made }: Killed): Promise<void> {
    const fault = (text: string) => faults.push(`edition ${made}: ${text}`)
    if (run === null) return
    const { lastSwitch } = await core.client.deploys.list({ siteId })
    if (run.state === 'done') {
      if (lastSwitch?.id !== run.id) fault(`visitors were given ${lastSwitch?.to.id ?? 'nothing'} in its place`)
      if (lastSwitch?.planId) {
        await eventually(
          () => core.client.plans.get({ planId: lastSwitch.planId ?? '' }),
          ({ endedAtMs }) => endedAtMs !== null,
          60_000,
        )
      }
      for (const path of ['/', '/page-2/']) {
        if (!(await visitor(path)).includes(`edition ${made} `)) fault(`${path} does not show it`)
      }
    } else if (run.state !== 'failed' || lastSwitch?.id === run.id) fault(`${run.state}: ${run.message}`)
    const folders = new Set([...s3.objects.keys()].map((key) => key.split('/').slice(0, 3).join('/')))
    for (const folder of folders) {
      if (!s3.objects.has(`${folder}/.frostline-manifest.json`)) fault(`${folder} was left behind unfinished`)
    }
  }

  return {
    asked: (what) => new Promise((resolve) => void waiting.set(what, resolve)),
    async switched(state) {
      const before = (await core.client.deploys.list({ siteId })).lastSwitch?.id
      return eventually(
        () => core.client.deploys.list({ siteId }),
        ({ lastSwitch }) =>
          lastSwitch !== null && lastSwitch.id !== before && (lastSwitch.state === state || lastSwitch.endedAtMs !== null),
      )
    },
    faults,
    looks: () => looks,
    async killAndGoOn(moment, tear) {
      edition += 1
      const path = writeSite(filesOf(edition))
      const before = new Set((await runs()).map(({ id }) => id))
      const started = core.client.publishing.folder({ siteId, path, title: `Edition ${edition}` })
      started.catch(() => {})
      await moment()
      await core.kill()
      if (tear) rmSync(path, { recursive: true })
      core = await startCoreProcess(dataFolder)
      const all = await eventually(runs, (list) => list.every(({ endedAtMs }) => endedAtMs !== null), 60_000)
      const killed = { edition, run: all.find(({ id }) => !before.has(id)) ?? null, folderGone: tear }
      await holdToAccount(killed)
      return killed
    },
    async stop() {
      watching.abort()
      await watch
      await core.kill()
      edge.close()
      await http.close()
      await stack.demo.close()
      await Promise.all([s3.stop(), origin.stop()])
    },
  }
}
