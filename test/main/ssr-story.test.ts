import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PageFilter, PageRow } from '#shared/pages.ts'
import type { Plan } from '#shared/plans.ts'
import { createHttp } from '#main/platform/http.ts'
import { createCloudFront } from '#main/providers/cloudfront/cloudfront.ts'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { startTestDemo, type TestDemo } from '../support/demo.ts'

const MENU = 'pb-menu:main-menu'
let stack: TestDemo
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  stack = await startTestDemo()
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(stack.site)).siteId
  await eventually(
    () => rows({ text: '/menu-card' }),
    (found) => found.length > 38 && found.every((row) => row.observedAtMs !== null && row.servedAs === 'rendered'),
  )
  await jobsDone()
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

async function rows(filter: PageFilter): Promise<PageRow[]> {
  return (await panel.client.pages.list({ siteId, filter, limit: 500 })).rows
}

async function page(path: string): Promise<PageRow> {
  const found = (await rows({ text: path })).find((row) => row.path === path)
  if (!found) throw new Error(`There is no page ${path}.`)
  return found
}

async function jobsDone(): Promise<void> {
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.every((job) => job.state !== 'running'),
  )
}

async function run(planId: string): Promise<Plan> {
  await panel.client.plans.start({ planId })
  return eventually(
    () => panel.client.plans.get({ planId }),
    (plan) => ['done', 'failed', 'cancelled'].includes(plan.state),
    60_000,
  )
}

async function check(pageIds: number[]): Promise<void> {
  await panel.client.inspection.check({ siteId, selection: { kind: 'pages', pageIds } })
  await jobsDone()
}

const usedPurges = async () => (await panel.client.budget.get({ siteId })).used

describe('Pages that are rendered on demand', () => {
  test('are rendered, and what the renderer keeps of them decides what they are', async () => {
    expect(await page('/menu-card/cherry')).toMatchObject({ servedAs: 'rendered', word: 'pending' })
    expect((await page('/menu-card/cherry')).waitsFor).toContain('marked as expired')
    expect(await page('/menu-card/mango')).toMatchObject({ servedAs: 'rendered', word: 'outdated' })
    expect(await page('/menu-card/apple')).toMatchObject({ servedAs: 'rendered', word: 'fresh', proven: true })
    const detail = await panel.client.pages.get({ pageId: (await page('/menu-card/mango')).id })
    expect(detail.originBasis).toBe('renderer')
    expect(detail.edgeHash).not.toBe(detail.originHash)
  })

  test('show their entry, and are not asked for at the origin by a check', async () => {
    const mango = await page('/menu-card/mango')
    const entry = await panel.client.pages.entry({ pageId: mango.id })
    expect(entry).toMatchObject({ markedAtMs: null, failure: null, refreshing: false })
    expect(entry?.tags).toContain(MENU)
    expect(await panel.client.pages.entry({ pageId: (await page('/about')).id })).toBeNull()
    const { cursor } = await stack.originRequests(0)
    await check([mango.id, (await page('/menu-card/cherry')).id])
    const asked = (await stack.originRequests(cursor)).paths.filter((path) => path.includes('/menu-card'))
    expect(asked).toEqual([])
  })

  test('wait for a refresh when their menu has changed, together with built pages; one tag item makes all of them new', async () => {
    await stack.act('/api/menu', { label: 'Every single lolly' })
    await panel.client.tags.mark({ siteId, target: { kind: 'tag', tag: MENU }, what: 'menu: new label', sinceMs: Date.now() })
    const carriers = await rows({ tag: MENU })
    const rendered = carriers.filter((row) => row.servedAs === 'rendered')
    expect(rendered.length).toBeGreaterThan(38)
    expect(rendered.every((row) => row.content === 'pending')).toBe(true)
    expect(carriers.some((row) => row.servedAs === 'static' && row.content === 'pending')).toBe(true)

    const draft = await panel.client.plans.create({ siteId, selection: { kind: 'tag', tag: MENU } })
    expect(draft.refresh).toMatchObject({ wanted: true, needed: true, total: rendered.length })
    expect(draft.counts.afterRefresh).toBe(rendered.length)
    const without = await panel.client.plans.revise({ planId: draft.id, refresh: false })
    expect(without.counts.heldBack).toBe(rendered.length)
    expect(without.purge.items.map(({ item }) => item)).not.toContain(`#${MENU}`)
    expect(without.purge.leftOutTags.find(({ tag }) => tag === MENU)?.why).toMatch(
      /^it would also purge \/menu-card\S*, whose origin is still old\.$/,
    )
    const plan = await panel.client.plans.revise({ planId: draft.id, refresh: true })
    expect(plan.purge.items).toMatchObject([{ item: `#${MENU}` }])

    const before = await usedPurges()
    const ended = await run(plan.id)
    expect(ended.result).toMatch(/^(\d+) of \1 show the new version from here \(FRA56\)\. 1 purge used \(free\)\.$/)
    expect(ended.refresh).toMatchObject({ state: 'done', done: rendered.length })
    expect(ended.build.state).toBe('done')
    expect((await usedPurges()) - before).toBe(1)
    const after = await rows({ text: '/menu-card' })
    expect(after.every((row) => row.content === 'current')).toBe(true)
    expect((await page('/menu-card/cherry')).word).toBe('fresh')
  }, 90_000)

  test('are held back without a refresh, and need no build', async () => {
    await stack.act('/api/ssr-page', { path: '/menu-card/lemon', text: 'Now with real lemons.' })
    await stack.act('/api/ssr-expire', { path: '/menu-card/lemon' })
    const lemon = await eventually(
      () => page('/menu-card/lemon'),
      (row) => row.word === 'pending',
    )
    const selection = { kind: 'pages' as const, pageIds: [lemon.id] }
    const draft = await panel.client.plans.create({ siteId, selection })
    expect(draft.build).toMatchObject({ wanted: false, needed: false })
    const without = await panel.client.plans.revise({ planId: draft.id, refresh: false })
    expect(without.blocked).toContain('Purging now would only store the old page again. Refresh first.')
    await expect(panel.client.plans.start({ planId: draft.id })).rejects.toMatchObject({ code: 'CONFLICT' })

    await panel.client.plans.revise({ planId: draft.id, refresh: true })
    const ended = await run(draft.id)
    expect(ended.result).toMatch(/^1 of 1 shows the new version/)
    expect(ended.build).toMatchObject({ state: 'skipped', buildId: null })
    expect(await page('/menu-card/lemon')).toMatchObject({ word: 'fresh', proven: true })
  }, 60_000)

  test('are not purged when their refresh fails', async () => {
    const apple = await page('/menu-card/apple')
    const mark = { siteId, target: { kind: 'pages' as const, pageIds: [apple.id] }, what: 'price', sinceMs: Date.now() }
    await panel.client.tags.mark(mark)
    await stack.act('/api/render', { failing: true })
    const before = await usedPurges()
    const draft = await panel.client.plans.create({ siteId, selection: mark.target })
    const ended = await run(draft.id)
    expect(ended.state).toBe('failed')
    expect(ended.result).toContain('No page could be refreshed')
    expect(await usedPurges()).toBe(before)
    const again = await panel.client.plans.create({ siteId, selection: mark.target })
    const held = await panel.client.plans.revise({ planId: again.id, refresh: false })
    const { rows: why } = await panel.client.plans.pages({ planId: held.id })
    expect(why[0]).toMatchObject({ decision: 'held-back', reason: expect.stringContaining('Its refresh failed') })
    await expect(panel.client.pages.refresh({ pageId: apple.id })).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' })
    await stack.act('/api/render', { failing: false })
    expect(await panel.client.pages.refresh({ pageId: apple.id })).toMatchObject({ markedAtMs: null, failure: null })
    expect((await page('/menu-card/apple')).content).not.toBe('pending')
  }, 60_000)

  test('are checked again by themselves when a check came while a refresh ran', async () => {
    const path = '/menu-card/mango'
    const { id } = await page(path)
    await stack.act('/api/ssr-page', { path, text: 'Now with twice the mango.' })
    expect(await panel.client.pages.expire({ pageId: id })).toMatchObject({ markedAtMs: expect.any(Number) })
    expect((await page(path)).word).toBe('pending')
    await purgeTooEarly(path)
    await check([id])
    const entry = await panel.client.pages.entry({ pageId: id })
    expect(entry?.checkedAgainAtMs).toBeGreaterThan(Date.now())
    const right = await eventually(
      () => page(path),
      (row) => row.word === 'fresh' && row.proven,
      30_000,
    )
    expect(right.observedAtMs).toBeGreaterThanOrEqual(entry?.checkedAgainAtMs ?? Infinity)
  }, 60_000)

  test('leave no trace of the address by which they are refreshed', async () => {
    const [site] = await panel.client.sites.list()
    expect(site?.renderer).toEqual({ kind: 'ssr-cache', host: new URL(stack.demo.urls.renderer).host })
    const secret = new URL(stack.demo.urls.renderer).pathname.split('/')[1] ?? ''
    for (const file of ['frostline.db', 'frostline.db-wal']) {
      expect(readFileSync(join(panel.dataFolder, file)).includes(secret)).toBe(false)
    }
  })
})

/** As somebody else would, who does not know that the renderer is behind. */
async function purgeTooEarly(path: string): Promise<void> {
  const http = createHttp()
  const edge = createCloudFront({
    distributionId: stack.demo.distributionId,
    endpoint: stack.demo.urls.control,
    region: 'us-east-1',
    credentials: { kind: 'keys', ...stack.demo.credentials },
    http,
  })
  const { remoteId } = await edge.purge([path], `too early ${path}`)
  await eventually(
    () => edge.purgeStatus(remoteId),
    ({ state }) => state === 'completed',
  )
  edge.close()
  await http.close()
}
