import { afterAll, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { startCore, type CoreHandle } from '#main/core-host.ts'
import { openDesk, type Desk } from '#main/desktop/desk.ts'
import { askBeforeQuit } from '#main/desktop/quit.ts'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { silentLog } from '#main/platform/log.ts'
import { eventually } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import * as electron from '../../support/fake-electron.ts'
import { referencesAt } from '../../support/purge-kills.ts'
import { OWNER, temporaryFolder } from '../../support/web-shell.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))

const State = z.object({ lists: z.array(z.object({ slug: z.string() })) })
const dataFolder = temporaryFolder()
let stack: TestDemo | undefined
let core: CoreHandle | undefined
afterAll(async () => {
  await core?.close()
  await stack?.demo.close()
})

async function start(): Promise<Desk> {
  const secrets = keyFileSecrets(dataFolder)
  core = await startCore({ dataFolder, secrets, log: silentLog, version: 'test', demo: false })
  return openDesk(core, OWNER, silentLog)
}

/** A plan that purges one old copy, in the middle of its purge. */
async function purging({ client }: Desk, { demo, site, act }: TestDemo): Promise<string> {
  const { siteId } = await client.sites.add(site)
  const lists = { siteId, filter: { text: '/lists/' }, limit: 50 }
  await eventually(
    () => client.pages.list(lists),
    ({ rows }) => rows.length > 5 && rows.every((row) => row.observedAtMs !== null),
  )
  const { lists: known } = State.parse(await (await fetch(`${demo.controlsUrl}api/state`)).json())
  await act('/api/lists', { slug: known[0]?.slug, intro: 'Another edition.' })
  const build = await client.builds.trigger({ siteId, title: 'Another edition' })
  await eventually(
    () => client.builds.list({ siteId }),
    (all) => all.some(({ id, release }) => id === build.id && release?.live === true),
  )
  await client.inspection.check({ siteId, selection: { kind: 'filter', filter: { text: '/lists/' } } })
  const old = await eventually(
    () => client.pages.list({ siteId, filter: { text: '/lists/', freshness: ['outdated'] }, limit: 50 }),
    ({ rows }) => rows.length > 0,
  )
  const draft = await client.plans.create({ siteId, selection: { kind: 'pages', pageIds: [old.rows[0]?.id ?? 0] } })
  await client.plans.start({ planId: draft.id })
  return draft.id
}

test('Quitting in the middle of a purge asks, loses nothing, and the next start finishes it once', async () => {
  electron.reset()
  stack = await startTestDemo(temporaryFolder(), { ...quickTimings, invalidationMs: 4_000 })
  const desk = await start()
  const planId = await purging(desk, stack)
  const { title } = await desk.client.plans.get({ planId })
  askBeforeQuit({
    core: core!,
    settings: { now: () => ({ closing: 'ask' }), save: () => undefined },
    hasTray: () => false,
    release: async () => desk.close(),
  })
  electron.answers.dialog = 'Quit and go on at the next start'
  electron.app.quit()
  await vi.waitFor(() => expect(electron.log).toContain('exit 0'), 20_000)
  expect(electron.log[0]).toContain(title)

  const again = await start()
  const ended = await eventually(
    () => again.client.plans.get({ planId }),
    ({ endedAtMs }) => endedAtMs !== null,
    60_000,
  )
  expect(ended).toMatchObject({ state: 'done', check: { total: 1, newVersion: 1 } })
  expect((await referencesAt(stack)).filter((reference) => reference.includes(planId))).toHaveLength(1)
  expect((await again.client.budget.get({ siteId: ended.siteId })).used).toBe(1)
  again.close()
}, 120_000)
