import { beforeEach, describe, expect, test } from 'vitest'
import { HISTORY_MS, HISTORY_ROWS } from '#main/inspection/history.ts'
import { createResultWriter } from '#main/inspection/store-observations.ts'
import type { Observation } from '#main/inspection/inspect-page.ts'
import { readHistory } from '#main/pages/history.ts'
import { SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
let pageId = 0
beforeEach(async () => {
  site = await storedSite()
  pageId = site.page('/a')
})

const seen = (atMs: number, more: Partial<Observation> = {}): Observation => ({
  pageId,
  atMs,
  status: 200,
  stored: 'stored',
  freshUntilMs: atMs + 60_000,
  staleUntilMs: atMs + 60_000,
  copyMadeAtMs: atMs,
  edgeHash: 'sha256-a',
  sizeBytes: 5,
  originHash: null,
  ageSeconds: 0,
  lifetimeRule: 'max-age=60',
  lifetimeBasis: 'headers',
  renders: 0,
  confirmed: false,
  filledByCheck: false,
  firstAnswer: '',
  answeredBy: 'store',
  vantage: 'FRA56',
  ttfbMs: 1,
  headers: [],
  htmlTags: null,
  headerTags: null,
  ...more,
})
const check = (...observations: Observation[]) => {
  const write = createResultWriter(site.db.raw, SITE, () => {})
  for (const observation of observations) write([{ kind: 'seen', observation }])
}
const fail = (atMs: number, reason = 'no answer') =>
  createResultWriter(site.db.raw, SITE, () => {})([{ kind: 'failed', pageId, atMs, reason }])
const rows = () => site.db.raw.prepare('SELECT * FROM page_history WHERE page_id = ? ORDER BY id').all(pageId)
const history = (nowMs = 10_000) => readHistory(site.db.query, pageId, nowMs)

test('A result that is written late changes nothing of what a later check saw; a clock that was set back does not stop checks', () => {
  check(seen(60_000, { edgeHash: 'sha256-new' }), seen(59_000, { edgeHash: 'sha256-old' }))
  fail(58_000)
  expect(site.row(pageId)).toMatchObject({ observed_at: 60_000, edge_hash: 'sha256-new', failed_at: null })
  expect(rows()).toHaveLength(1)
  check(seen(3_600_000), seen(120_000, { edgeHash: 'sha256-after' }))
  expect(site.row(pageId)).toMatchObject({ observed_at: 120_000, edge_hash: 'sha256-after' })
})

describe('The history of a page', () => {
  test('has a row for the first check, and none for checks that find all as before', async () => {
    check(seen(1_000), seen(2_000), seen(3_000, { ttfbMs: 99, ageSeconds: 12 }))
    expect(rows()).toMatchObject([{ at: 1_000, status: 200, edge_hash: 'sha256-a', age_class: 'in-date', vantage: 'FRA56' }])
    expect(await history()).toMatchObject([{ atMs: 1_000, first: true }])
  })

  test.each<[string, Partial<Observation>, object]>([
    ['status', { status: 404 }, { fact: 'status', from: '200', to: '404' }],
    ['storing', { stored: 'not-stored' }, { fact: 'stored', from: 'stored', to: 'not-stored' }],
    ['bytes', { edgeHash: 'sha256-b' }, { fact: 'copy', from: 'sha256-a', to: 'sha256-b' }],
    ['age', { freshUntilMs: 1, staleUntilMs: 1 }, { fact: 'age', from: 'in-date', to: 'past' }],
    ['vantage', { vantage: 'AMS1' }, { fact: 'vantage', from: 'FRA56', to: 'AMS1' }],
    ['kind', { status: 301 }, { fact: 'served as', from: 'unknown', to: 'redirect' }],
  ])('has a row when the %s is otherwise, and says what changed', async (_what, more, change) => {
    check(seen(1_000), seen(2_000, more))
    const [newest, oldest] = await history()
    expect([newest?.atMs, oldest?.atMs]).toEqual([2_000, 1_000])
    expect(newest?.changes).toEqual(expect.arrayContaining([change]))
  })

  test('tells when checks began to fail and when they were answered again, once each', async () => {
    check(seen(1_000))
    fail(2_000, 'refused the connection')
    fail(3_000, 'did not answer within 20 s')
    check(seen(4_000))
    const told = await history()
    expect(told.map(({ atMs, changes }) => [atMs, changes])).toEqual([
      [4_000, [{ fact: 'check', from: 'refused the connection', to: null }]],
      [2_000, [{ fact: 'check', from: null, to: 'refused the connection' }]],
      [1_000, expect.any(Array)],
    ])
  })

  test('keeps 20 rows, the newest', () => {
    check(...Array.from({ length: HISTORY_ROWS + 7 }, (_, index) => seen(1_000 + index, { edgeHash: `sha256-${index}` })))
    expect(rows()).toHaveLength(HISTORY_ROWS)
    expect(rows().at(0)).toMatchObject({ at: 1_007 })
    expect(rows().at(-1)).toMatchObject({ at: 1_000 + HISTORY_ROWS + 6 })
  })

  test('keeps 90 days, but always the newest row', async () => {
    check(seen(1_000), seen(2_000, { edgeHash: 'sha256-b' }))
    check(seen(3_000 + HISTORY_MS, { edgeHash: 'sha256-b' }))
    expect(rows()).toMatchObject([{ at: 2_000 }])
    expect(await history(HISTORY_MS * 3)).toHaveLength(1)
  })

  test('is written with the results of the check or not at all', () => {
    const write = createResultWriter(site.db.raw, SITE, () => {
      throw new Error('the disk is full')
    })
    expect(() => write([{ kind: 'seen', observation: seen(1_000, { htmlTags: ['a'] }) }])).toThrow('the disk is full')
    expect(rows()).toEqual([])
    expect(site.row(pageId).observed_at).toBeNull()
  })

  test('of a page that is gone is not there', async () => {
    check(seen(1_000, { pageId: 99_999 }))
    expect(site.db.raw.prepare('SELECT count(*) AS count FROM page_history').get()).toEqual({ count: 0 })
    await expect(readHistory(site.db.query, 99_999, 1_000)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
