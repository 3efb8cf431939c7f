import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readFreshnessOverTime } from '#main/home/freshness-over-time.ts'
import { HEARTBEAT_MS, keepSample } from '#main/home/keep-sample.ts'
import { groupPages } from '#main/home/page-groups.ts'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 2, 0, 0, 30)

let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})
afterEach(() => site.db.close())

const sample = async (nowMs: number) =>
  keepSample(site.db.raw, { siteId: SITE, nowMs }, await groupPages(site.db.query, freshnessSql(nowMs), SITE))
const over = (hours: number, nowMs: number) => readFreshnessOverTime(site.db.query, { siteId: SITE, hours }, nowMs)
const held = (untilMs: number) => ({
  observed_at: START,
  status: 200,
  stored: 'stored' as const,
  fresh_until: untilMs,
  stale_until: untilMs,
})
const times = (history: Awaited<ReturnType<typeof over>>) => history.samples.map(({ atMs }) => atMs)
const words = (history: Awaited<ReturnType<typeof over>>) =>
  history.samples.map(({ groups }) => groups.map(({ word, proven, pages }) => `${word} ${proven} ${pages}`))

describe('A sample', () => {
  test('counts pages by word, and those that were compared apart', async () => {
    site.page('/a', held(START + HOUR))
    site.page('/b', { ...held(START + HOUR), edge_hash: 'x', origin_hash: 'x', vantage: 'FRA56' })
    site.page('/c', { ...held(START + HOUR), edge_hash: 'x', origin_hash: 'x', vantage: 'LHR62' })
    site.page('/d')
    expect(await sample(START + 1)).toBe(4)
    expect(words(await over(1, START + 2))).toEqual([['fresh false 1', 'fresh true 2', 'unknown false 1']])
  })

  test('like the one before is left out, but for one now and then', async () => {
    site.page('/a', held(START + 2 * HOUR))
    const taken = [0, 60_000, HEARTBEAT_MS - 1, HEARTBEAT_MS, HEARTBEAT_MS + 60_000].map((ms) => START + ms)
    for (const atMs of taken) await sample(atMs)
    expect(times(await over(1, START + HEARTBEAT_MS + 60_000))).toEqual([START, START + HEARTBEAT_MS])
  })

  test('tells what the clock alone has changed', async () => {
    site.page('/a', held(START + 30_000))
    await sample(START)
    await sample(START + 60_000)
    expect(words(await over(1, START + 60_000))).toEqual([['fresh false 1'], ['expired false 1']])
  })

  test('of a site without pages is none, and a clock that was set back writes none', async () => {
    expect(await sample(START)).toBe(0)
    expect(await over(1, START)).toMatchObject({ sinceMs: null, samples: [] })
    site.page('/a')
    await sample(START)
    site.page('/b')
    await sample(START - 5_000)
    expect(times(await over(1, START))).toEqual([START])
  })
})

test('Samples are kept one a minute after two hours, one an hour after two days, and none after 90 days', async () => {
  let pages = 0
  const take = async (afterMs: number) => {
    site.page(`/${pages++}`)
    await sample(START + afterMs)
  }
  const kept = () => site.db.raw.prepare<[number], number>('SELECT at - ? FROM freshness_samples ORDER BY at').pluck().all(START)
  // 00:00:30, :45, :59, 00:01:01 and 01:00:20.
  for (const seconds of [0, 15, 29, 31, 3_590]) await take(seconds * 1_000)
  expect(kept()).toHaveLength(5)
  await take(3 * HOUR)
  expect(kept()).toEqual([29_000, 31_000, 3_590_000, 3 * HOUR])
  await take(51 * HOUR)
  expect(kept()).toEqual([31_000, 3_590_000, 3 * HOUR, 51 * HOUR])
  await take(91 * 24 * HOUR)
  expect(kept()).toEqual([51 * HOUR, 91 * 24 * HOUR])
})

test('The chart begins with the sample before its range', async () => {
  site.page('/a')
  await sample(START)
  site.page('/b')
  await sample(START + 2 * HOUR)
  const history = await over(1, START + 2.5 * HOUR)
  expect(times(history)).toEqual([START, START + 2 * HOUR])
  expect(history.sinceMs).toBe(START)
})
