import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageRow } from '#shared/pages.ts'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(stack.site)).siteId
  await eventually(
    () => rows('/menu-card'),
    (found) => found.length > 38 && found.every((row) => row.observedAtMs !== null && row.servedAs === 'rendered'),
  )
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.every((job) => job.state !== 'running'),
  )
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

const rows = async (text: string): Promise<PageRow[]> =>
  (await panel.client.pages.list({ siteId, filter: { text }, limit: 500 })).rows

async function page(path: string): Promise<PageRow> {
  const found = (await rows(path)).find((row) => row.path === path)
  if (!found) throw new Error(`There is no page ${path}.`)
  return found
}

test('A page that its renderer keeps old is refreshed and purged by its first visit, the rest is not', async () => {
  for (const path of ['/menu-card/lemon', '/menu-card/apple']) {
    await stack.act('/api/ssr-page', { path, text: 'Now with twice the fruit.' })
    await stack.act('/api/ssr-expire', { path })
  }
  const [lemon, apple] = await Promise.all(
    ['/menu-card/lemon', '/menu-card/apple'].map((path) =>
      eventually(
        () => page(path),
        (row) => row.word === 'pending',
      ),
    ),
  )
  const pageIds = [lemon?.id ?? 0, apple?.id ?? 0]
  const { id: planId } = await panel.client.plans.create({ siteId, selection: { kind: 'pages', pageIds } })
  const draft = await panel.client.plans.revise({ planId, when: { choice: 'when-visited' } })
  expect(draft).toMatchObject({ blocked: null, refresh: { wanted: false }, counts: { whenVisited: 2 } })
  const used = (await panel.client.budget.get({ siteId })).used
  await panel.client.plans.start({ planId })
  const ended = await eventually(
    () => panel.client.plans.get({ planId }),
    ({ endedAtMs }) => endedAtMs !== null,
  )
  expect(ended.result).toBe('Nothing was purged at once: 2 pages purged when visited.')
  expect((await panel.client.budget.get({ siteId })).used).toBe(used)

  const host = new URL((await panel.client.pages.get({ pageId: pageIds[0] ?? 0 })).url).host
  const visit = (path: string) => panel.client.visits.visited({ siteId, host, path })
  await expect(panel.clientFor('support').visits.visited({ siteId, host, path: '/' })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
  expect(await visit('/menu-card/lemon')).toEqual({ outcome: 'begun' })
  expect(await visit('/menu-card/lemon')).toEqual({ outcome: 'throttled' })
  const watch = await eventually(
    () => panel.client.visits.watch({ planId }),
    (now) => now?.purged === 1,
    40_000,
  )
  expect(watch).toMatchObject({ state: 'watching', watching: 1 })
  await eventually(
    () => page('/menu-card/lemon'),
    (row) => row.word === 'fresh' && row.proven,
    40_000,
  )
  expect((await page('/menu-card/apple')).word).toBe('pending')
  expect((await panel.client.budget.get({ siteId })).used).toBe(used + 1)
  const { rows: log } = await panel.client.activity.log({ siteId, by: 'when visited' })
  expect(log.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Purge: 1 of 1 shows the new version/))
  expect(await panel.client.visits.cancel({ planId })).toMatchObject({ state: 'cancelled', watching: 0 })
}, 120_000)
