import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { coverPages } from '#main/plans/cover/cover-task.ts'
import { keyedItem } from '#main/providers/cloudfront/purge-items.ts'
import { ABSENT, FRESH, OUTDATED } from '../../support/plans-world.ts'
import { SHOP, SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})
afterAll(() => site.db.close())

/** Items at a tenth of their price while they are free; a cold page is worth a little more than one. */
const WISH = {
  siteId: SITE,
  heldBackIds: [],
  extraPaths: [],
  tagsAllowed: true,
  price: { freeItems: 1_000, shadowMicroDollars: 500, microDollars: 5_000 },
  mostItems: null,
  refillMicroDollars: 600,
  behaviours: [],
  choice: 'balanced' as const,
}
type Wish = Parameters<typeof coverPages>[1]

function choose(wantedIds: readonly number[], wish: Partial<Wish> = {}) {
  const { raw, query } = site.db
  return coverPages({ raw, query, classify: freshnessSql, keyOf: keyedItem }, { ...WISH, nowMs: Date.now(), wantedIds, ...wish })
}
const chosen = (wantedIds: readonly number[], wish: Partial<Wish> = {}) => choose(wantedIds, wish).items.map(({ item }) => item)
const counted = ({ items }: ReturnType<typeof choose>) =>
  items.map(({ item, kind, pages, alsoCold }) => ({ item, kind, pages, alsoCold }))
const tagged = (
  path: string,
  tags: string[],
  facts: object = OUTDATED,
  source: 'in_header' | 'in_html' | 'in_manifest' = 'in_header',
) => {
  const id = site.page(path, facts)
  site.tag(id, source, ...tags)
  return id
}

describe('A tag', () => {
  test('stands for several pages when no other cached page goes cold by it', () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu']), tagged('/c', [])]
    tagged('/absent', ['menu'], ABSENT)
    site.page('/other', FRESH)
    expect(counted(choose(ids))).toEqual([
      { item: '#menu', kind: 'tag', pages: 2, alsoCold: 0 },
      { item: '/c', kind: 'path', pages: 1, alsoCold: 0 },
    ])
  })

  test('is weighed against the pages that go cold by it', () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu'])]
    tagged('/innocent', ['menu'], FRESH)
    expect(chosen(ids)).toEqual(['/a', '/b'])
    expect(chosen(ids, { price: { freeItems: 0, shadowMicroDollars: 500, microDollars: 5_000 } })).toEqual(['#menu'])
    expect(counted(choose(ids, { choice: 'one' }))).toEqual([{ item: '#menu', kind: 'tag', pages: 2, alsoCold: 1 }])
  })

  test('that would purge a page held back is not taken', () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu'])]
    const waits = tagged('/waits', ['menu'], FRESH)
    expect(chosen(ids, { choice: 'one', heldBackIds: [waits] })).toEqual(['/a', '/b'])
  })

  test('that only the HTML or the manifest names cannot purge', () => {
    const ids = [tagged('/a', ['menu'], OUTDATED, 'in_html'), tagged('/b', ['menu'], OUTDATED, 'in_manifest')]
    expect(chosen(ids)).toEqual(['/a', '/b'])
  })

  test('is not trusted for a page with more tags than the edge keeps', () => {
    const many = Array.from({ length: 50 }, (_, at) => `t${at}`)
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu']), tagged('/crowded', ['menu', ...many])]
    expect(chosen(ids)).toEqual(['#menu', '/crowded'])
  })

  test('of which there are fewer wins over ones with more items', () => {
    const ids = [
      tagged('/a', ['wide', 'x']),
      tagged('/b', ['wide', 'x']),
      tagged('/c', ['wide', 'y']),
      tagged('/d', ['wide', 'y']),
    ]
    expect(chosen(ids)).toEqual(['#wide'])
  })

  test('is not used where the edge stores none', () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu'])]
    expect(chosen(ids, { tagsAllowed: false })).toEqual(['/a', '/b'])
  })

  test.each(['menu*', 'ménu', 'x'.repeat(257)])('that the edge would refuse (%j) gives way to paths', (tag) => {
    const ids = [tagged('/a', [tag]), tagged('/b', [tag])]
    expect(chosen(ids)).toEqual(['/a', '/b'])
  })
})

describe('A wildcard', () => {
  const below = (folder: string, count: number) =>
    Array.from({ length: count }, (_, at) => site.page(`${folder}/${String(at).padStart(3, '0')}`, OUTDATED))

  test('stands for many pages below one beginning, and says what else goes cold', () => {
    const ids = below('/blog/2026', 40)
    site.page('/blog/2026/right', FRESH)
    site.page('/blog/2025/right', FRESH)
    const answer = choose(ids)
    expect(counted(answer)).toEqual([{ item: '/blog/2026/0*', kind: 'prefix', pages: 40, alsoCold: 0 }])
    expect(answer.options.map(({ choice, items: count, alsoCold }) => [choice, count, alsoCold])).toEqual([
      ['exact', 40, 0],
      ['balanced', 1, 0],
      ['one', 1, 0],
    ])
  })

  test('is not taken for a few pages, since it also reaches pages that are in no list', () => {
    expect(chosen(below('/blog', 3))).toEqual(['/blog/000', '/blog/001', '/blog/002'])
  })

  test('counts pages that were never checked as pages that may go cold', () => {
    const ids = below('/blog', 40)
    site.page('/blog/0unseen')
    expect(counted(choose(ids, { choice: 'one' }))).toEqual([{ item: '/blog/0*', kind: 'prefix', pages: 40, alsoCold: 1 }])
  })

  test('keeps to the cap, or there is no way', () => {
    const ids = [...below('/a', 3), ...below('/b', 3)]
    for (let at = 0; at < 20; at++) site.page(`/right/${at}`, FRESH)
    expect(chosen(ids, { mostItems: 2 })).toEqual(['/a/00*', '/b/00*'])
    const waits = site.page('/b/00waits', FRESH)
    expect(choose(ids, { mostItems: 2, heldBackIds: [waits] })).toMatchObject({
      items: [],
      options: [],
      nearest: { all: { length: 4 }, within: [{ item: '/a/00*' }, { item: '/b/000' }], leftOutPaths: [] },
    })
  })
})

describe('A path', () => {
  test('names no host: in two zones it is one item', () => {
    const ids = [site.page('/', OUTDATED), site.page('/', { ...OUTDATED, zone_id: SHOP })]
    expect(counted(choose(ids))).toEqual([{ item: '/', kind: 'path', pages: 2, alsoCold: 0 }])
  })

  test('takes the page of the other zone with it, which is said', () => {
    const id = site.page('/', OUTDATED)
    site.page('/', { ...FRESH, zone_id: SHOP })
    site.page('/other', { ...FRESH, zone_id: SHOP })
    expect(counted(choose([id]))).toEqual([{ item: '/', kind: 'path', pages: 1, alsoCold: 1 }])
  })

  test('of a page that the other zone does not hold makes nothing cold', () => {
    const id = site.page('/', OUTDATED)
    site.page('/', { ...ABSENT, zone_id: SHOP })
    expect(counted(choose([id]))).toEqual([{ item: '/', kind: 'path', pages: 1, alsoCold: 0 }])
  })

  test('that is in no list is an item, with what it makes cold', () => {
    site.page('/known', FRESH)
    expect(counted(choose([], { extraPaths: ['/nowhere', '/known'] }))).toEqual([
      { item: '/known', kind: 'path', pages: 1, alsoCold: 1 },
      { item: '/nowhere', kind: 'path', pages: 1, alsoCold: 0 },
    ])
  })

  test('is written as the edge wants it; two spellings are one item', () => {
    const ids = [site.page('/~ada', OUTDATED), site.page('/%7Eada', OUTDATED)]
    expect(counted(choose(ids))).toEqual([{ item: '/%7Eada', kind: 'path', pages: 2, alsoCold: 0 }])
  })

  test('that the edge refuses leaves its page out, with the reason', () => {
    const long = site.page(`/${'a'.repeat(4_000)}`, OUTDATED)
    const ok = site.page('/ok', OUTDATED)
    expect(choose([long, ok])).toMatchObject({
      items: [{ item: '/ok' }],
      refused: [{ pageId: long, reason: expect.stringContaining('4000 characters') }],
    })
  })
})
