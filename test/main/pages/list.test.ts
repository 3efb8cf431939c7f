import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FRESHNESS_WORDS } from '#shared/http-cache/freshness.ts'
import { PAGE_SORTS, SERVED_AS, type PageFilter, type PageRow, type PageSort } from '#shared/pages.ts'
import { countPages } from '#main/pages/counts.ts'
import { listPages, type ListWish } from '#main/pages/list.ts'
import { pagesHandlers } from '#main/pages/handlers.ts'
import { silentLog } from '#main/platform/log.ts'
import { noEntries, SHOP, SITE, storedSite, WWW, type StoredSite } from '../../support/stored-site.ts'

const NOW = 1_800_000_000_000
const HOUR = 3_600_000
let site: StoredSite
let nowMs = NOW

const reads = () => ({
  list: (wish: ListWish) => listPages(site.db.query, wish),
  counts: (siteId: string, filter: PageFilter, atMs: number) => countPages(site.db.query, siteId, filter, atMs),
})
const client = () =>
  createRouterClient(
    {
      pages: pagesHandlers({ db: site.db, clock: () => nowMs, reads: reads(), entries: noEntries, discover: async () => 'job' }),
    },
    { context: { person: 'Test', role: 'owner', log: silentLog, knowsSite: () => true } },
  ).pages

/** Pages with ties and with nothing known, in both zones; the values of one column say nothing of those of another. */
beforeAll(async () => {
  site = await storedSite()
  const served = ['static', 'fallback', 'unknown'] as const
  for (let index = 0; index < 60; index += 1) {
    const observed = index % 4 === 0 ? null : NOW - (index % 5) * HOUR
    const id = site.page(`/${index % 2 === 0 ? 'a' : 'B'}/page-${index % 30}`, {
      zone_id: index < 30 ? WWW : SHOP,
      served_as: served[index % 3] ?? 'unknown',
      observed_at: observed,
      failed_at: index % 8 === 0 ? NOW - HOUR : null,
      status: index % 11 === 0 ? 404 : 200,
      stored: observed === null ? null : ((['stored', 'stored', 'not-stored', 'asks-always'] as const)[index % 7] ?? 'stored'),
      fresh_until: index % 6 === 0 ? null : NOW + ((index % 3) - 1) * HOUR,
      stale_until: index % 6 === 0 ? null : NOW + (index % 4) * HOUR,
      ttfb_ms: index % 5 === 0 ? null : (index % 4) + 0.1,
      edge_hash: index % 9 === 0 ? 'x' : 'y',
      origin_hash: 'y',
      changed_since: index % 13 === 0 ? NOW : null,
    })
    site.tag(id, 'in_html', ...(index % 3 === 0 ? ['pb-menu:main-menu'] : []), ...(index % 7 === 0 ? ['pb-menu'] : []))
    site.tag(
      id,
      'in_header',
      ...(index % 5 === 0 ? ['PB-Menu:footer'] : []),
      ...(index % 4 === 0 ? ['pb-menus:main-menu', 'pb-men'] : []),
    )
  }
  for (const path of [
    '/100%',
    '/under_score',
    '/underXscore',
    "/quote'",
    '/back\\slash',
    '/a%20b',
    '/[x]',
    '/*',
    '/🍦',
    '/Straße',
  ])
    site.page(path)
})
afterAll(() => site.db.close())

async function all(filter: PageFilter = {}, sort: PageSort = { by: 'path', descending: false }, limit = 7): Promise<PageRow[]> {
  const rows: PageRow[] = []
  for (let cursor: string | null = null; ;) {
    const page = await client().list({ siteId: SITE, filter, sort, cursor, limit })
    expect(page.rows.length).toBeLessThanOrEqual(limit)
    rows.push(...page.rows)
    // A list that shows a row twice may never end.
    expect(rows.length).toBeLessThan(200)
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
}
const ids = (rows: readonly PageRow[]) => rows.map((row) => row.id).sort((a, b) => a - b)

describe('A list by cursor', () => {
  test.each(
    PAGE_SORTS.flatMap((by) => [
      { by, descending: false },
      { by, descending: true },
    ]),
  )('sorted by $by (descending: $descending) shows every page exactly once, however long its parts', async (sort) => {
    const whole = await all({}, sort, 500)
    expect(whole).toHaveLength(70)
    for (const limit of [1, 7, 70]) expect((await all({}, sort, limit)).map((row) => row.id)).toEqual(whole.map((row) => row.id))
    const reverse = await all({}, { by: sort.by, descending: !sort.descending }, 9)
    expect(reverse.map((row) => row.id).reverse()).toEqual(whole.map((row) => row.id))
  })

  test('is sorted by what it says', async () => {
    const times = (await all({}, { by: 'checked', descending: true })).map((row) => row.observedAtMs ?? 0)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    const waits = (await all({}, { by: 'ttfb', descending: false })).map((row) => row.ttfbMs ?? 0)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    const [first] = await all({}, { by: 'freshness', descending: false }, 1)
    expect(first?.word).toBe('outdated')
  })

  test('is judged at the instant of its first part', async () => {
    const first = await client().list({ siteId: SITE, sort: { by: 'freshness', descending: false }, limit: 5 })
    nowMs = NOW + 10 * HOUR
    const second = await client().list({
      siteId: SITE,
      sort: { by: 'freshness', descending: false },
      limit: 5,
      cursor: first.nextCursor,
    })
    nowMs = NOW
    expect(second.nowMs).toBe(NOW)
    expect(second.rows.map((row) => row.word)).not.toContain('expired')
  })

  test('goes on after a path of four thousand characters', async () => {
    const id = site.page(`/A${'ü'.repeat(3_998)}`)
    try {
      expect(await all({}, { by: 'path', descending: false }, 1)).toHaveLength(71)
    } finally {
      site.db.raw.prepare('DELETE FROM pages WHERE id = ?').run(id)
    }
  })

  test.each([
    ['no text of ours', 'nonsense'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['another shape', Buffer.from('[1]').toString('base64url')],
    ['an object', Buffer.from('{"value":1}').toString('base64url')],
    ['SQL', Buffer.from('["x\' OR 1=1 --", "1; DROP TABLE pages", 1]').toString('base64url')],
    ['nothing', ''],
  ])('refuses a cursor that is %s', async (_what, cursor) => {
    await expect(client().list({ siteId: SITE, cursor })).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'cursor' } })
  })

  test('refuses a cursor of a list that was sorted otherwise', async () => {
    const { nextCursor } = await client().list({ siteId: SITE, sort: { by: 'path', descending: false }, limit: 5 })
    for (const sort of [
      { by: 'ttfb', descending: false },
      { by: 'path', descending: true },
    ] as const) {
      await expect(client().list({ siteId: SITE, sort, cursor: nextCursor })).rejects.toMatchObject({
        code: 'BAD_INPUT',
        data: { field: 'cursor' },
      })
    }
  })
})

describe('A filter', () => {
  test.each<[string, PageFilter, (row: PageRow) => boolean]>([
    ['by text, any case', { text: 'b/PAGE-1' }, (row) => row.path.toLowerCase().includes('b/page-1')],
    ['by one zone', { zoneIds: [SHOP] }, (row) => row.zoneId === SHOP],
    ['by two words', { freshness: ['unknown', 'absent'] }, (row) => ['unknown', 'absent'].includes(row.word)],
    ['by how it is served', { servedAs: ['fallback'] }, (row) => row.servedAs === 'fallback'],
    [
      'by an exact tag, any case',
      { tag: 'pb-menu:FOOTER' },
      (row) => row.tags.some((tag) => tag.toLowerCase() === 'pb-menu:footer'),
    ],
    [
      'by a tag without id: every id of its class',
      { tag: 'pb-menu' },
      (row) => row.tags.some((tag) => /^pb-menu(:|$)/i.test(tag)),
    ],
    [
      'by all of them',
      { text: 'page', zoneIds: [SHOP], freshness: ['failed', 'fresh', 'expired'], servedAs: ['static'], tag: 'pb-menu' },
      (row) =>
        row.path.includes('page') &&
        row.zoneId === SHOP &&
        ['failed', 'fresh', 'expired'].includes(row.word) &&
        row.servedAs === 'static' &&
        row.tags.some((tag) => /^pb-menu(:|$)/i.test(tag)),
    ],
    ['of empty lists is none', { freshness: [], servedAs: [], zoneIds: [] }, () => true],
  ])('%s', async (_name, filter, matches) => {
    const wanted = (await all()).filter(matches)
    expect(wanted.length).toBeGreaterThan(0)
    expect(ids(await all(filter))).toEqual(ids(wanted))
  })

  test.each([
    ['%', ['/100%', '/a%20b']],
    ['_', ['/under_score']],
    ["'", ["/quote'"]],
    ['\\', ['/back\\slash']],
    ['[', ['/[x]']],
    ['*', ['/*']],
    ['🍦', ['/🍦']],
    ['straße', ['/Straße']],
    ['a%20b', ['/a%20b']],
    ["' OR '1'='1", []],
    ['"', []],
  ])('text takes %j as it is written', async (text, paths) => {
    expect((await all({ text })).map((row) => row.path).sort()).toEqual([...paths].sort())
  })

  test.each<PageFilter>([
    {},
    { text: 'page-1' },
    { zoneIds: [SHOP] },
    { freshness: ['fresh', 'outdated', 'pending'] },
    { servedAs: ['static'] },
    { tag: 'pb-menu' },
    { freshness: ['error'], servedAs: ['fallback', 'unknown'], text: 'A/' },
  ])('%j counts what it lists', async (filter) => {
    const counts = await client().counts({ siteId: SITE, filter })
    const rows = await all(filter)
    expect(counts.matching).toBe(rows.length)
    expect(counts.total).toBe(70)
    const { freshness: _left, ...others } = filter
    const anyWord = await all(others)
    for (const word of FRESHNESS_WORDS)
      expect([word, counts.byWord[word]]).toEqual([word, anyWord.filter((row) => row.word === word).length])
    for (const served of SERVED_AS)
      expect([served, counts.byServedAs[served]]).toEqual([served, rows.filter((row) => row.servedAs === served).length])
  })
})

test('a page that is gone is not found', async () => {
  await expect(client().get({ pageId: 999_999 })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { field: 'pageId' } })
})
