import { afterEach, expect, test } from 'vitest'
import { ANSWERS_KEPT_MS, createAnswerCounter } from '#main/inspection/answer-counts.ts'
import { readEdgeAnswers } from '#main/inspection/edge-answers-task.ts'
import type { Observation } from '#main/inspection/inspect-page.ts'
import type { AnswerRange } from '#shared/edge-answers.ts'
import { checkedSite, hit } from '../../support/checked-site.ts'
import { eventually, startTestCore } from '../../support/core-client.ts'
import { SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test('A check of a whole site is summed up by what answered it, and nothing of it is lost at the next check', async () => {
  const stored = new Set<string>()
  const site = await checkedSite({ pages: 30 }, ({ path }) => {
    // Every third page is not stored until it was asked for once.
    const isHit = Number(path.slice(3)) % 3 > 0 || stored.has(path)
    stored.add(path)
    return hit(path, isHit ? { 'x-amz-cf-pop': 'FRA56-P1' } : { 'x-cache': 'Miss from cloudfront', age: '0' })
  })
  ends.push(site.server.stop)
  const core = await startTestCore({ dataFolder: site.dataFolder })
  ends.push(core.close)
  const run = async () => {
    await core.client.inspection.startRun({
      siteId: SITE,
      selection: { filter: {}, exceptPageIds: [] },
      rendersAtMost: 1_000,
    })
    await eventually(
      () => core.client.inspection.latestRun({ siteId: SITE }),
      (latest) => latest?.state === 'done',
    )
  }
  const answers = (range: AnswerRange) => core.client.inspection.answers({ siteId: SITE, range })

  await run()
  const first = await answers('run')
  expect(first.all).toMatchObject({ store: 20, origin: 10, unknown: 0 })
  expect(first.storeTtfbCounts.reduce((sum, count) => sum + count, 0)).toBe(20)
  expect(first.all.storeTtfb.p95Ms).toBeGreaterThan(0)
  expect(first.byZone).toMatchObject([{ host: expect.any(String), store: 20, origin: 10 }])

  await run()
  expect((await answers('run')).all).toMatchObject({ store: 30, origin: 0 })
  const day = await answers('day')
  expect(day.all).toMatchObject({ store: 50, origin: 10 })
  expect(day.vantages).toContain('FRA56')
  expect(day.runs.map(({ store, origin }) => [store, origin])).toEqual([
    [30, 0],
    [20, 10],
  ])

  // The page's own history has how fast it was.
  const [pageId = 0] = site.pageIds
  const [newest] = await core.client.pages.history({ pageId })
  expect(newest?.ttfbMs).toBeGreaterThan(0)
})

const HOUR = 3_600_000
const NOW = 1_000_000 * HOUR + 60_000
let site: StoredSite

const counted = (atMs: number, servedAs: string, ttfbMs: number, answeredBy: Observation['answeredBy'] = 'store') => {
  const counter = createAnswerCounter(site.db.raw, SITE, 0)
  const zoneId = site.db.raw.prepare<[], number>('SELECT min(id) FROM zones').pluck().get() ?? 0
  counter.count(zoneId, servedAs, { atMs, vantage: 'FRA56', answeredBy, ttfbMs } as Observation)
  counter.flush()
}
const rows = () => site.db.raw.prepare<[], number>('SELECT count(*) FROM check_answers').pluck().get()

test('Alike answers of an hour are one row; ranges begin by the full hour; kinds of pages are apart', async () => {
  site = await storedSite()
  ends.push(() => site.db.close())
  counted(NOW, 'static', 12)
  counted(NOW + 1, 'static', 14)
  counted(NOW, 'rendered', 400, 'origin')
  counted(NOW, 'rendered', 3, 'unknown')
  expect(rows()).toBe(3)
  counted(NOW - 26 * HOUR, 'static', 12)
  const read = (range: AnswerRange) => readEdgeAnswers(site.db.raw, { siteId: SITE, range, nowMs: NOW })
  expect(read('day').byServedAs).toMatchObject([
    { servedAs: 'rendered', store: 0, origin: 1, unknown: 1 },
    { servedAs: 'static', store: 2, origin: 0 },
  ])
  expect(read('week').all.store).toBe(3)
  expect(read('run').all).toMatchObject({ store: 0, origin: 0, storeTtfb: { p50Ms: null } })
})

test('Sums are kept for 90 days', async () => {
  site = await storedSite()
  ends.push(() => site.db.close())
  counted(NOW - ANSWERS_KEPT_MS - HOUR, 'static', 12)
  counted(NOW - ANSWERS_KEPT_MS + 2 * HOUR, 'static', 12)
  expect(rows()).toBe(2)
  counted(NOW, 'static', 12)
  expect(rows()).toBe(2)
})
