import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Selection } from '#shared/pages.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(stack.site)).siteId
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.length > 0 && jobs.every((job) => job.state !== 'running'),
  )
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

const home = () => panel.client.home.get({ siteId })
const counts = () => panel.client.pages.counts({ siteId })

test('Home tells the same numbers as the pages and the sites do', async () => {
  const [told, { total, byWord }] = await eventually(
    async () => [await home(), await counts()] as const,
    ([told, { total }]) => told.pages === total,
  )
  const ofWord = (word: string) =>
    told.freshness.filter((group) => group.word === word).reduce((sum, group) => sum + group.pages, 0)
  expect(told.pages).toBe(total)
  expect(told.neverChecked).toBe(byWord.unknown)
  expect([ofWord('unknown'), ofWord('uncached')]).toEqual([byWord.unknown, byWord.uncached])
  expect(told.oldCopies).toBe(ofWord('outdated'))
  expect(told.oldCopies).toBeGreaterThan(0)
  expect(told.oldSeenFrom).toEqual(['FRA56'])
  const [site] = await panel.client.sites.list()
  expect(told.release).toMatchObject({ id: site?.liveRelease?.id, title: site?.liveRelease?.title })
  const builds = await panel.client.builds.list({ siteId })
  expect(told.release?.builtAtMs).toBe(builds.find((build) => build.release?.live)?.endedAtMs)
  expect(told.build).toMatchObject({ possible: true, builds: builds.filter((build) => build.state === 'succeeded').length })
})

test('the price on the button is the price of the plan', async () => {
  const selection: Selection = { kind: 'filter', filter: { freshness: ['outdated'] }, exceptPageIds: [] }
  const preview = await panel.client.plans.preview({ siteId, selection })
  expect(await panel.client.plans.list({ siteId })).toEqual([])
  const plan = await panel.client.plans.create({ siteId, selection })
  expect(plan.purge).toMatchObject(preview)
  expect(preview.itemCount).toBeGreaterThan(0)
})

test('a change waits from its mark until a build that began later is live', async () => {
  expect((await home()).changesWaiting).toBe(0)
  const [list] = (await panel.client.pages.list({ siteId, filter: { text: '/lists/' } })).rows
  await panel.client.tags.mark({
    siteId,
    target: { kind: 'pages', pageIds: [list?.id ?? 0] },
    what: 'list: new text',
    sinceMs: Date.now(),
  })
  expect((await home()).changesWaiting).toBe(1)
  await panel.client.builds.trigger({ siteId, title: 'A new text' })
  // Its pages are brought in before the release is called live.
  const built = await eventually(home, (told) => told.release?.title === 'A new text')
  expect(built.changesWaiting).toBe(0)
})

test('a new page is the newest, and is told to become static', async () => {
  const { path } = await stack.act('/api/lollies', { to: 'Ada', message: 'Well done', from: 'Grace', flavour: 'apple' })
  const told = await eventually(home, ({ newest }) => newest[0]?.path === path && newest[0]?.servedAs !== 'unknown')
  expect(told.newest[0]).toMatchObject({ path, servedAs: 'fallback' })
})

test('the activity tells kind, result and subject, by kind and person, in parts', async () => {
  const [page] = (await panel.client.pages.list({ siteId, limit: 1 })).rows
  await panel.client.inspection.check({ siteId, selection: { kind: 'pages', pageIds: [page?.id ?? 0] } })
  const log = await eventually(
    () => panel.client.activity.log({ siteId, kinds: ['check'] }),
    ({ rows }) => rows.length > 0,
  )
  expect(log.rows[0]).toMatchObject({
    by: 'Test',
    kind: 'check',
    result: 'done',
    siteName: stack.site.name,
    about: { kind: 'page', id: String(page?.id) },
    cost: null,
  })
  const all = (await panel.client.activity.log({})).rows
  expect(all.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['check', 'build', 'mark', 'site']))
  const seen: number[] = []
  for (let before: number | null = null; ;) {
    const part: Awaited<ReturnType<typeof panel.client.activity.log>> = await panel.client.activity.log({ before, limit: 2 })
    seen.push(...part.rows.map(({ id }) => id))
    if (part.next === null) break
    before = part.next
  }
  expect(seen).toEqual(all.map(({ id }) => id))
  expect(await panel.client.activity.people()).toEqual(['Test'])
  expect((await panel.client.activity.log({ by: 'Nobody' })).rows).toEqual([])
})
