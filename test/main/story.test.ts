import { afterAll, beforeAll, expect, test } from 'vitest'
import { FRESHNESS_WORDS } from '#shared/http-cache/freshness.ts'
import type { PageFilter, PageRow } from '#shared/pages.ts'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { startTestDemo, type TestDemo } from '../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  stack = await startTestDemo()
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(stack.site)).siteId
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

const counts = () => panel.client.pages.counts({ siteId })

async function rows(filter: PageFilter): Promise<PageRow[]> {
  const all: PageRow[] = []
  for (let cursor: string | null = null; ;) {
    const page = await panel.client.pages.list({ siteId, filter, cursor, limit: 500 })
    all.push(...page.rows)
    if (page.nextCursor === null) return all
    cursor = page.nextCursor
  }
}

const paths = (found: readonly PageRow[]) => found.map((row) => `${row.zoneId} ${row.path}`).sort()

async function jobsDone(): Promise<void> {
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.every((job) => job.state !== 'running'),
  )
}

async function planEnded(planId: string) {
  return eventually(
    () => panel.client.plans.get({ planId }),
    (plan) => ['done', 'failed', 'cancelled'].includes(plan.state),
    60_000,
  )
}

test('a first look shows every freshness word but failed', async () => {
  const seen = await eventually(counts, (now) => FRESHNESS_WORDS.every((word) => word === 'failed' || now.byWord[word] > 0))
  expect(seen.total).toBeGreaterThan(340)
  await jobsDone()
})

test('a new lolly is served as fallback, appears here, and is static after a rebuild', async () => {
  const posted = await stack.act('/api/lollies', { to: 'Ada', message: 'Well done', from: 'Grace', flavour: 'apple' })
  const path = String(posted['path'])
  const [fallback] = await eventually(
    () => rows({ text: path }),
    (found) => found.length === 1 && found[0]?.observedAtMs !== null,
  )
  expect(fallback).toMatchObject({ path, servedAs: 'fallback', status: 200 })

  const build = await panel.client.builds.trigger({ siteId, title: 'A new lolly' })
  await eventually(
    () => panel.client.builds.list({ siteId }),
    (list) => list.some((entry) => entry.id === build.id && entry.state === 'succeeded' && entry.release?.live === true),
  )
  const [built] = await eventually(
    () => rows({ text: path }),
    (found) => found[0]?.servedAs === 'static',
  )
  await panel.client.inspection.check({ siteId, selection: { kind: 'pages', pageIds: [built?.id ?? 0] } })
  await eventually(
    () => rows({ text: path }),
    (found) => found[0]?.proven === true && found[0].word === 'fresh',
  )
})

test('a changed menu: held back, built, one tag item, proven; no other page is touched', async () => {
  const menu = 'pb-menu:main-menu'
  await panel.client.inspection.check({ siteId, selection: { kind: 'tag', tag: menu } })
  await jobsDone()
  const carriers = paths(await rows({ tag: menu }))
  expect(carriers.length).toBeGreaterThan(40)

  await stack.act('/api/menu', { label: 'All our lollies' })
  const mark = await panel.client.tags.mark({
    siteId,
    target: { kind: 'tag', tag: menu },
    what: 'menu: new label',
    sinceMs: Date.now(),
  })
  expect(mark.pages).toBe(carriers.length)
  const waiting = paths(await rows({ freshness: ['pending'] }))
  const marked = await rows({ tag: menu })
  expect(marked.every((row) => row.content === 'pending')).toBe(true)
  // Pages that are asked for every time, or due anyway, keep their word: waiting would not describe what visitors get.
  expect(carriers).toEqual(expect.arrayContaining(waiting))

  const draft = await panel.client.plans.create({ siteId, selection: { kind: 'tag', tag: menu } })
  expect(draft.build).toMatchObject({ wanted: true, possible: true, needed: true })
  expect(draft.refresh).toMatchObject({ wanted: true, possible: true, needed: true })
  const now = await panel.client.plans.revise({ planId: draft.id, build: false, refresh: false })
  expect(now.blocked).toContain('Purging now would only store the old page again. Build and refresh first.')
  expect(now.counts.heldBack).toBe(carriers.length)
  await expect(panel.client.plans.start({ planId: draft.id })).rejects.toMatchObject({ code: 'CONFLICT' })

  const plan = await panel.client.plans.revise({ planId: draft.id, build: true, refresh: true })
  expect(plan.purge).toMatchObject({ itemCount: 1, atMost: true, priceMicroDollars: 0 })
  expect(plan.purge.items[0]?.item).toBe(`#${menu}`)
  const before = await panel.client.budget.get({ siteId })
  const { cursor } = await stack.originRequests(0)
  await panel.client.plans.start({ planId: plan.id })
  const ended = await planEnded(plan.id)

  expect(ended.result).toMatch(/^(\d+) of \1 show the new version from here \(FRA56\)\. 1 purge used \(free\)\./)
  expect(ended.check.newVersion).toBe(ended.check.total)
  expect(ended.check.total).toBeGreaterThan(40)
  const after = await panel.client.budget.get({ siteId })
  expect(after.used - before.used).toBe(1)
  expect(after.reserved).toBe(0)

  const touched = (await stack.originRequests(cursor)).paths
  const zones = new Map((await panel.client.sites.list())[0]?.zones.map((zone) => [zone.host, zone.id]))
  const pagesTouched = touched
    .map((text) => {
      const at = text.indexOf('/')
      return `${zones.get(text.slice(0, at))} ${text.slice(at)}`
    })
    .filter((text) => !/ \/(robots\.txt|sitemap[^ ]*)$/.test(text))
  expect(carriers).toEqual(expect.arrayContaining(pagesTouched))
})

test('a re-check finds a change by itself: the edge copy is not the origin copy', async () => {
  const [lolly] = await rows({ text: '/lists/', freshness: ['fresh'] })
  const slug = lolly?.path.split('/').at(-1) ?? ''
  await stack.act('/api/lists', { slug, intro: 'A text that nobody announced.' })
  const build = await panel.client.builds.trigger({ siteId, title: 'Unannounced' })
  await eventually(
    () => panel.client.builds.list({ siteId }),
    (list) => list.some((entry) => entry.id === build.id && entry.release?.live === true),
  )
  const old = await eventually(
    () => rows({ text: lolly?.path ?? '' }),
    (found) => found.some((row) => row.word === 'outdated'),
  )
  expect(old.filter((row) => row.word === 'outdated').map((row) => row.path)).toEqual([lolly?.path])
})
