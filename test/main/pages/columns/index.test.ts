import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FRESHNESS_WORDS, OBSERVATION_TRUST_MS } from '#shared/http-cache/freshness.ts'
import { PAGE_SORTS, SERVED_AS, type PageFilter, type PageSort, type Selection } from '#shared/pages.ts'
import { groupPages } from '#main/home/page-groups.ts'
import { countRenders } from '#main/inspection/cost.ts'
import {
  countsFrom,
  groupsFrom,
  idsInOrder,
  idsMatching,
  onDemandFrom,
  rendersFrom,
  tagCountsFrom,
} from '#main/pages/columns/counts-from.ts'
import { createIndexes, type Indexes } from '#main/pages/columns/indexes.ts'
import { listFrom } from '#main/pages/columns/list-from.ts'
import { countPages } from '#main/pages/counts.ts'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { listPages, type ListWish } from '#main/pages/list.ts'
import { resolveSelection } from '#main/pages/selection.ts'
import { openDatabase, type Database } from '#main/platform/database.ts'
import { readCounts } from '#main/tags/counts.ts'
import { eventually } from '../../../support/core-client.ts'
import { SHOP, SITE, storedSite, WWW, type StoredSite } from '../../../support/stored-site.ts'

const DAY = OBSERVATION_TRUST_MS
/** Few instants, so that they meet: equal ones and neighbours are where two answers part. */
const INSTANTS = [0, 1, 1_000, 1_001, DAY, DAY + 1_000, DAY + 1_001]
const NOWS = [1, 1_000, 1_001, DAY + 1_000, DAY + 1_001]

const instant = fc.option(fc.constantFrom(...INSTANTS))
const hash = fc.option(fc.constantFrom('a', 'b'))
const facts = fc.record({
  served_as: fc.constantFrom(...SERVED_AS),
  renders_on_demand: fc.constantFrom(0, 1),
  observed_at: instant,
  failed_at: instant,
  status: fc.option(fc.constantFrom(200, 404)),
  stored: fc.option(fc.constantFrom('stored' as const, 'stored' as const, 'not-stored' as const, 'asks-always' as const)),
  fresh_until: instant,
  stale_until: instant,
  purged_at: instant,
  copy_made_at: instant,
  edge_hash: hash,
  origin_hash: hash,
  staged_hash: hash,
  changed_since: instant,
  origin_started_at: instant,
  ttfb_ms: fc.option(fc.constantFrom(0.1, 0.5, 12)),
  vantage: fc.option(fc.constantFrom('FRA56', 'IAD89')),
})
const path = fc
  .array(fc.constantFrom('/', 'a', 'A', 'b', 'B', 'é', 'É', 'ß', '🍦', '%', '_', '-', '[', '\uffff', 'Z'), { maxLength: 6 })
  .map((parts) => `/${parts.join('')}`)
const tag = fc.constantFrom('pb-menu:main', 'PB-Menu:footer', 'pb-menu', 'pb-menus:x', 'list')
const pages = fc.array(
  fc.record({ path, zone: fc.constantFrom(WWW, SHOP), facts, tags: fc.uniqueArray(tag, { maxLength: 3 }) }),
  { minLength: 1, maxLength: 60 },
)
const part = <T>(of: readonly T[]) => fc.option(fc.subarray([...of], { minLength: 1 }), { nil: undefined, freq: 2 })
const filter: fc.Arbitrary<PageFilter> = fc
  .record({
    text: fc.option(fc.constantFrom('a', 'B/', 'é', 'É', '%', '🍦', '/aB', 'ab', 'http://www.example.com/a'), { nil: undefined }),
    freshness: part(FRESHNESS_WORDS),
    servedAs: part(SERVED_AS),
    zoneIds: part([WWW, SHOP, 99]),
    tag: fc.option(fc.oneof(tag, fc.constantFrom('pb-menu:none', 'PB-MENU')), { nil: undefined }),
  })
  .map((wish) => Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)))
const SORTS: PageSort[] = PAGE_SORTS.flatMap((by) => [
  { by, descending: false },
  { by, descending: true },
])

let site: StoredSite
/** The connection of the read thread: what the other writes is news to it. */
let reader: Database
let indexes: Indexes
beforeAll(async () => {
  site = await storedSite()
  reader = await openDatabase(`${site.dataFolder}/frostline.db`, { migrate: false })
  indexes = createIndexes(reader)
})
afterAll(() => {
  indexes.close()
  reader.close()
  site.db.close()
})

type Given = typeof pages extends fc.Arbitrary<infer T> ? T : never
const store = (given: Given) => {
  site.db.transact(() => {
    for (const { path, zone, facts, tags } of given) {
      if (site.db.raw.prepare('SELECT 1 FROM pages WHERE zone_id = ? AND path = ?').get(zone, path)) continue
      site.tag(site.page(path, { ...facts, zone_id: zone }), 'in_html', ...tags)
    }
  })
}
const index = async () => (await indexes.of(SITE)) ?? expect.fail('the site was too large')

/** Follows the cursors of a list to its end. */
async function whole(list: (wish: ListWish) => ReturnType<typeof listPages>, wish: Omit<ListWish, 'cursor'>) {
  const parts = []
  for (let cursor: string | null = null; ;) {
    const found = await list({ ...wish, cursor })
    parts.push(found)
    if (found.nextCursor === null || parts.length > 100) return parts
    cursor = found.nextCursor
  }
}

async function sayTheSame(wanted: PageFilter, nowMs: number): Promise<void> {
  const found = await index()
  const { query } = site.db
  for (const sort of SORTS) {
    const wish = { siteId: SITE, filter: wanted, sort, limit: 7, nowMs }
    expect(await whole((each) => listFrom(found, reader.query, each), wish)).toEqual(
      await whole((each) => listPages(query, each), wish),
    )
  }
  expect(await countsFrom(found, reader.query, wanted, nowMs)).toEqual(await countPages(query, SITE, wanted, nowMs))
  const selection: Selection = { kind: 'filter', filter: wanted, exceptPageIds: [] }
  const { pageIds } = await resolveSelection(query, SITE, selection, nowMs, () => ({ refused: 'none' }))
  expect(await idsMatching(found, reader.query, wanted, nowMs)).toEqual(pageIds)
  expect(idsInOrder(found, [...pageIds].reverse())).toEqual(pageIds)
  expect(rendersFrom(found, pageIds, nowMs)).toBe(await countRenders(query, pageIds, nowMs))
  expect(onDemandFrom(found)).toBe(
    site.db.raw.prepare<[], number>('SELECT count(*) FROM pages WHERE renders_on_demand = 1').pluck().get(),
  )
  const groups = (rows: readonly object[]) =>
    rows.map((row) => JSON.stringify(row, ['word', 'proven', 'vantage', 'pages'])).sort()
  expect(groups(groupsFrom(found, nowMs))).toEqual(groups(await groupPages(query, freshnessSql(nowMs), SITE)))
  const tagIds = (await query.selectFrom('tags').select('id').execute()).map(({ id }) => id)
  const some = (await readCounts(query, freshnessSql(nowMs).word, SITE, tagIds)).sort((a, b) => a.tagId - b.tagId)
  expect(tagCountsFrom(found, tagIds, nowMs).sort((a, b) => a.tagId - b.tagId)).toEqual(some)
}

test('the index and SQL give the same lists, counts and selections of any pages, at any instant, also after changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        first: pages,
        more: pages,
        again: fc.array(fc.tuple(fc.nat(), facts, fc.uniqueArray(tag, { maxLength: 3 })), { maxLength: 10 }),
      }),
      fc.array(fc.tuple(filter, fc.constantFrom(...NOWS)), { minLength: 3, maxLength: 3 }),
      async ({ first, more, again }, asked) => {
        site.db.raw.prepare('DELETE FROM pages').run()
        store(first)
        const [[wanted, nowMs] = [{}, 1], ...others] = asked
        await sayTheSame(wanted, nowMs)
        store(more)
        const ids = site.db.raw.prepare<[], number>('SELECT id FROM pages').pluck().all()
        for (const [at, changed, tags] of again) {
          const id = ids[at % ids.length] ?? 0
          const names = Object.keys(changed)
          site.db.raw
            .prepare(`UPDATE pages SET ${names.map((name) => `${name} = @${name}`).join(', ')} WHERE id = @id`)
            .run({ ...changed, id })
          site.tag(id, 'in_html', ...tags)
        }
        for (const [filter, atMs] of others) await sayTheSame(filter, atMs)
      },
    ),
    { numRuns: 40, endOnFailure: true },
  )
}, 120_000)

test('pages that come, change and go while the index is filled are in it as they are in the end', async () => {
  site.db.raw.prepare('DELETE FROM pages').run()
  site.db.transact(() => {
    for (let n = 0; n < 5_000; n += 1) site.page(`/${n}`, { observed_at: 1, stored: 'stored', fresh_until: 10, status: 200 })
  })
  const fresh = createIndexes(reader)
  try {
    const loading = fresh.of(SITE)
    await new Promise((resolve) => setImmediate(resolve))
    site.tag(site.page('/10/new'), 'in_header', 'list')
    site.db.raw.prepare(`UPDATE pages SET purged_at = 2 WHERE path = '/7'`).run()
    site.db.raw.prepare(`DELETE FROM pages WHERE path = '/4'`).run()
    const found = (await loading) ?? expect.fail('the site was too large')
    expect(found.count).toBe(5_000)
    expect(await countsFrom(found, reader.query, {}, 5)).toEqual(await countPages(site.db.query, SITE, {}, 5))
  } finally {
    fresh.close()
  }
})

test('a site above the limit of memory is left to SQL', async () => {
  const small = createIndexes(reader, 10)
  try {
    expect(await small.of(SITE)).toBeNull()
  } finally {
    small.close()
  }
})

test('changes that were taken in are forgotten once there are many, and not before', async () => {
  const stored = () => site.db.raw.prepare<[], number>('SELECT count(*) FROM page_changes').pluck().get() ?? 0
  const few = stored()
  const own = createIndexes(reader)
  try {
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(stored()).toBe(few)
    site.db.raw.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100001)
      INSERT INTO page_changes (page_id, tags) SELECT 1, 0 FROM n`)
    await eventually(
      async () => stored(),
      (count) => count < 50_000,
    )
  } finally {
    own.close()
  }
})
