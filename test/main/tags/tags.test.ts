import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { TagRow, TagSort } from '#shared/tags.ts'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { countsSql, readCounts, readCrowded } from '#main/tags/counts.ts'
import { addMark, undoMark } from '#main/tags/marks.ts'
import { readTags, tagsStatement } from '#main/tags/read-tags.ts'
import { SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})

const BY_NAME: TagSort = { by: 'name', descending: false }
const wish = (sort: TagSort = BY_NAME, more: { text?: string; cursor?: string | null; limit?: number } = {}) => ({
  siteId: SITE,
  text: '',
  cursor: null,
  limit: 100,
  sort,
  ...more,
})
const list = async (sort?: TagSort, more?: Parameters<typeof wish>[1]) => (await readTags(site.db.query, wish(sort, more))).rows
const names = (rows: readonly TagRow[]) => rows.map(({ tag }) => tag)
const tagged = (path: string, ...tags: string[]) => {
  const id = site.page(path)
  site.tag(id, 'in_html', ...tags)
  return id
}
const NOW = 100_000
const held = {
  observed_at: NOW,
  status: 200,
  stored: 'stored',
  fresh_until: NOW + 1,
  stale_until: NOW + 1,
  edge_hash: 'a',
} as const

describe('The list of tags', () => {
  test('counts the pages of each tag, by source', async () => {
    const a = tagged('/a', 'pb-menu:main', 'pb-list')
    tagged('/b', 'pb-menu:main')
    site.tag(a, 'in_header', 'PB-Menu:Main')
    expect(await list()).toMatchObject([
      { tag: 'pb-list', class: 'pb-list', pages: 1, htmlPages: 1, headerPages: 0 },
      { tag: 'pb-menu:main', class: 'pb-menu', pages: 2, htmlPages: 2, headerPages: 1 },
    ])
  })

  test('keeps the tags of a class together when it goes by name', async () => {
    tagged('/a', 'pb-menu:b', 'pb-menu-extra:a', 'pb-menu', 'pb-menu:a')
    expect(names(await list())).toEqual(['pb-menu', 'pb-menu:a', 'pb-menu:b', 'pb-menu-extra:a'])
  })

  test('finds a part of a tag in any letter case, without wildcards', async () => {
    tagged('/a', 'pb-menu:main', 'Apple_50%')
    expect(names(await list(BY_NAME, { text: 'MENU' }))).toEqual(['pb-menu:main'])
    expect(names(await list(BY_NAME, { text: '_50%' }))).toEqual(['Apple_50%'])
  })

  test.each<[TagSort['by'], boolean]>([
    ['name', false],
    ['name', true],
    ['pages', true],
    ['old', true],
    ['changed', false],
  ])('by %s (descending: %s) is the same in parts as in one', async (by, descending) => {
    const tags = Array.from({ length: 23 }, (_, index) => `c${index % 4}:${index}`)
    for (let page = 0; page < 6; page += 1) tagged(`/${page}`, ...tags.filter((_, index) => index % (page + 1) === 0))
    const whole = names(await list({ by, descending }))
    const parts: string[] = []
    for (let cursor: string | null = null; ;) {
      const part = await readTags(site.db.query, wish({ by, descending }, { cursor, limit: 5 }))
      parts.push(...names(part.rows))
      if (part.nextCursor === null) break
      cursor = part.nextCursor
    }
    expect(parts).toEqual(whole)
    expect(parts).toHaveLength(23)
  })

  test('refuses a place in a list that was sorted otherwise', async () => {
    tagged('/a', 'x:1', 'x:2')
    const { nextCursor } = await readTags(site.db.query, wish(BY_NAME, { limit: 1 }))
    await expect(readTags(site.db.query, wish({ by: 'pages', descending: true }, { cursor: nextCursor }))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { field: 'cursor' },
    })
  })

  test.each<[TagSort['by'], string]>([
    ['name', 'tags_by_class'],
    ['pages', 'tags_by_pages'],
    ['old', 'tags_by_differing'],
    ['changed', 'tags_by_change'],
  ])('by %s is read along the index %s, unsorted', (by, index) => {
    const sort = { by, descending: true }
    const cursor = Buffer.from(JSON.stringify([sort, 'x', 'x'])).toString('base64url')
    for (const at of [null, cursor]) {
      const { sql, parameters } = tagsStatement(site.db.query, wish(sort, { cursor: at })).compile()
      const plan = explain(sql, parameters)
      expect(plan).toContain(`INDEX ${index} (site_id=?`)
      expect(plan).not.toContain('TEMP B-TREE')
    }
  })
})

function explain(sql: string, parameters: readonly unknown[]): string {
  const rows = site.db.raw.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters)
  return rows.map(({ detail }) => detail).join('\n')
}

describe('What is to be looked at', () => {
  const lints = async (tag: string) => (await list()).find((row) => row.tag === tag)?.lints

  test('is a tag without an id, one in pages only, and one that no page carries any more', async () => {
    const a = tagged('/a', 'pb-list', 'pb-menu:main')
    site.tag(a, 'in_header', 'pb-menu:main')
    expect(await lints('pb-list')).toEqual(['no-id', 'html-only'])
    expect(await lints('pb-menu:main')).toEqual([])
    site.tag(a, 'in_html')
    site.tag(a, 'in_header')
    expect(await lints('pb-menu:main')).toEqual(['unused'])
    expect((await list())[0]).toMatchObject({ tag: 'pb-list', pages: 0 })
  })

  test('is not a tag that only a manifest names: its pages may not have been checked', async () => {
    site.tag(site.page('/a'), 'in_manifest', 'pb-menu:main')
    expect(await lints('pb-menu:main')).toEqual([])
  })

  test('is a tag that is written in several ways', async () => {
    tagged('/a', 'pb-menu:main')
    tagged('/b', 'pb-Menu:Main')
    tagged('/c', 'PB-MENU:MAIN')
    expect(await list()).toMatchObject([
      { tag: 'pb-menu:main', pages: 3, spellings: ['PB-MENU:MAIN', 'pb-Menu:Main'], lints: ['html-only', 'letter-case'] },
    ])
  })

  test('is a page with more than 50 tags', async () => {
    const many = Array.from({ length: 51 }, (_, index) => `t:${index}`)
    const crowded = tagged('/crowded', ...many)
    tagged('/not', ...many.slice(0, 50))
    const first = (await list()).find(({ tag }) => tag === 't:0')?.id ?? 0
    const { word } = freshnessSql(NOW)
    expect(await readCounts(site.db.query, word, SITE, [first])).toEqual([{ tagId: first, oldCopies: 0, waiting: 0, crowded: 1 }])
    expect(await readCrowded(site.db.query, SITE, 't:0')).toEqual([
      { pageId: crowded, path: '/crowded', zoneHost: 'www.example.com', tags: 51 },
    ])
    expect(await readCrowded(site.db.query, SITE, 't')).toHaveLength(1)
    site.tag(crowded, 'in_html', ...many.slice(1))
    expect(await readCrowded(site.db.query, SITE, 't')).toEqual([])
  })
})

describe('What was told to have changed', () => {
  const changed = async () => Object.fromEntries((await list()).map((row) => [row.tag, row.changedAtMs]))
  const mark = (target: string, sinceMs: number) =>
    addMark(site.db, { siteId: SITE, what: 'x', target, sinceMs, by: 'Ada', pageIds: [] }, NOW)

  test('is the newest mark of a tag or of its class, and falls back when that is taken back', async () => {
    tagged('/a', 'pb-menu:a', 'pb-menu:b', 'pb-list')
    mark('pb-menu:a', 1_000)
    const ofClass = mark('PB-Menu', 2_000)
    mark('12 pages', 9_000)
    expect(await changed()).toEqual({ 'pb-list': null, 'pb-menu:a': 2_000, 'pb-menu:b': 2_000 })
    undoMark(site.db, ofClass, NOW)
    expect(await changed()).toEqual({ 'pb-list': null, 'pb-menu:a': 1_000, 'pb-menu:b': null })
  })
})

describe('The counts of tags in sight', () => {
  test.each([true, false])('tell old copies and waiting pages at this moment (by tags: %s)', async (byTags) => {
    site.tag(site.page('/old', { ...held, origin_hash: 'b' }), 'in_html', 'x', 'y')
    site.tag(site.page('/due', { ...held, origin_hash: 'b', fresh_until: 1, stale_until: 1 }), 'in_html', 'x')
    site.tag(site.page('/waits', { ...held, changed_since: 5 }), 'in_html', 'x')
    site.tag(site.page('/fine', { ...held, origin_hash: 'a' }), 'in_html', 'x', 'z')
    const ids = (await list()).map(({ id }) => id)
    const counted = countsSql(freshnessSql(NOW).word, SITE, ids, byTags)
    const rows = await site.db.query.selectFrom(counted.as('counted')).selectAll().execute()
    const tagOf = new Map((await list()).map(({ id, tag }) => [id, tag]))
    expect(rows.map((row) => `${tagOf.get(row.tag_id)} ${row.kind} ${row.count}`).sort()).toEqual([
      'x oldCopies 1',
      'x waiting 1',
      'y oldCopies 1',
    ])
  })

  test('are read along indexes, in one statement', () => {
    const statement = (byTags: boolean) => {
      const counted = countsSql(freshnessSql(NOW).word, SITE, [1, 2], byTags)
      const { sql, parameters } = site.db.query.selectFrom(counted.as('counted')).selectAll().compile()
      return explain(sql, parameters)
    }
    const few = statement(true)
    expect(few).toContain('INDEX page_tags_by_tag (tag_id=?)')
    expect(few).toContain('SEARCH pages USING INTEGER PRIMARY KEY')
    const many = statement(false)
    expect(many).toContain('INDEX pages_differing (site_id=?)')
    expect(many).toContain('INDEX pages_waiting (site_id=?)')
    expect(`${few}${many}`).not.toMatch(/SCAN (pages|page_tags|tags)\b/)
  })
})

test('Counters that triggers keep are what counting anew would give', async () => {
  const page = fc.integer({ min: 0, max: 3 })
  const tags = fc.subarray(['a', 'b:1', 'b:2', 'c'])
  const source = fc.constantFrom('in_html', 'in_header', 'in_manifest')
  const bytes = fc.constantFrom('x', 'y', null)
  const step = fc.oneof(
    fc.record({ kind: fc.constant('tag' as const), page, source, tags }),
    fc.record({
      kind: fc.constant('copy' as const),
      page,
      edge: bytes,
      origin: bytes,
      onDemand: fc.boolean(),
      changed: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('remove' as const), page }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { db, tag, page: addPage } = await storedSite()
      const ids = [0, 1, 2, 3].map((index) => addPage(`/${index}`))
      const copy = db.raw.prepare(`UPDATE pages SET observed_at = 1, edge_hash = ?, origin_hash = ?, renders_on_demand = ?,
        copy_made_at = 1, changed_since = ? WHERE id = ?`)
      for (const step of steps) {
        const id = ids[step.page] ?? 0
        const there = db.raw.prepare('SELECT 1 FROM pages WHERE id = ?').get(id) !== undefined
        if (step.kind === 'tag' && there) tag(id, step.source, ...step.tags)
        if (step.kind === 'copy') copy.run(step.edge, step.origin, step.onDemand ? 1 : 0, step.changed ? 2 : null, id)
        if (step.kind === 'remove') db.raw.prepare('DELETE FROM pages WHERE id = ?').run(id)
      }
      const kept = db.raw.prepare('SELECT id, pages, html_pages, header_pages, differing FROM tags ORDER BY id').all()
      const anew = db.raw
        .prepare(
          `SELECT tags.id, count(page_tags.page_id) AS pages, COALESCE(sum(in_html), 0) AS html_pages,
           COALESCE(sum(in_header), 0) AS header_pages, COALESCE(sum(COALESCE((renders_on_demand = 1 AND copy_made_at < changed_since)
             OR (observed_at IS NOT NULL AND edge_hash <> origin_hash), 0)), 0) AS differing
           FROM tags LEFT JOIN page_tags ON page_tags.tag_id = tags.id LEFT JOIN pages ON pages.id = page_tags.page_id
           GROUP BY tags.id ORDER BY tags.id`,
        )
        .all()
      db.close()
      expect(kept).toEqual(anew)
    }),
    { numRuns: 40 },
  )
})
