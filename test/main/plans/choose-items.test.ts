import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { chooseItems, type ItemWish } from '#main/plans/choose-items.ts'
import { createReach, readTargets } from '#main/plans/targets.ts'
import { checkItem } from '#main/providers/cloudfront/purge-items.ts'
import { ABSENT, FRESH, OUTDATED } from '../../support/plans-world.ts'
import { SHOP, SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})
afterAll(() => site.db.close())

async function choose(pageIds: readonly number[], wish: Partial<ItemWish> = {}) {
  const now = Date.now()
  const pages = await readTargets(site.db.query, freshnessSql, pageIds, now)
  return chooseItems(
    { paths: [], tagsAllowed: true, tagsNote: null, preferredTag: null, ...wish, pages },
    createReach(site.db.query, freshnessSql, SITE, now),
    checkItem,
  )
}
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
  test('stands for several pages when no other cached page goes cold by it', async () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu']), tagged('/c', [])]
    tagged('/absent', ['menu'], ABSENT)
    expect((await choose(ids)).items).toEqual([
      { item: '#menu', kind: 'tag', pages: 2, alsoCold: 0 },
      { item: '/c', kind: 'path', pages: 1, alsoCold: 0 },
    ])
  })

  test('by which another cached page goes cold is not taken', async () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu'])]
    tagged('/innocent', ['menu'], FRESH)
    expect((await choose(ids)).items.map(({ item }) => item)).toEqual(['/a', '/b'])
  })

  test('that the person chose is taken all the same, and says how many go cold', async () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu'])]
    tagged('/innocent', ['menu'], FRESH)
    expect((await choose(ids, { preferredTag: 'MENU' })).items).toEqual([{ item: '#menu', kind: 'tag', pages: 2, alsoCold: 1 }])
  })

  test('that only the HTML or the manifest names cannot purge', async () => {
    const ids = [tagged('/a', ['menu'], OUTDATED, 'in_html'), tagged('/b', ['menu'], OUTDATED, 'in_manifest')]
    expect((await choose(ids, { preferredTag: 'menu' })).items.map(({ item }) => item)).toEqual(['/a', '/b'])
  })

  test('for one path saves nothing over the path', async () => {
    const ids = [tagged('/a', ['only-here'])]
    expect((await choose(ids)).items.map(({ item }) => item)).toEqual(['/a'])
    site.tag(site.page('/a', { ...OUTDATED, zone_id: SHOP }), 'in_header', 'only-here')
    expect((await choose([...ids, 2])).items).toEqual([{ item: '/a', kind: 'path', pages: 2, alsoCold: 0 }])
  })

  test('of which there are fewer wins over ones with more items', async () => {
    const ids = [
      tagged('/a', ['wide', 'x']),
      tagged('/b', ['wide', 'x']),
      tagged('/c', ['wide', 'y']),
      tagged('/d', ['wide', 'y']),
    ]
    expect((await choose(ids)).items.map(({ item }) => item)).toEqual(['#wide'])
  })

  test('of a class expands to the ids that pages carry', async () => {
    const ids = [tagged('/a', ['list:1']), tagged('/b', ['list:1']), tagged('/c', ['List:2']), tagged('/d', ['listing'])]
    expect(await choose(ids.slice(0, 3), { preferredTag: 'list', tagsNote: 'each of its ids is an item' })).toMatchObject({
      notes: ['each of its ids is an item'],
      items: [
        { item: '#list:1', pages: 2 },
        { item: '#List:2', pages: 1 },
      ],
    })
  })

  test('is not used where the edge stores none, and the reason is noted', async () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu'])]
    expect(await choose(ids, { tagsAllowed: false, tagsNote: 'Tags cannot be used.' })).toMatchObject({
      notes: ['Tags cannot be used.'],
      items: [{ item: '/a' }, { item: '/b' }],
    })
  })

  test.each(['menu*', 'ménu', 'x'.repeat(257)])('that the edge would refuse (%j) gives way to paths', async (tag) => {
    const ids = [tagged('/a', [tag]), tagged('/b', [tag])]
    expect((await choose(ids)).items.map(({ item }) => item)).toEqual(['/a', '/b'])
  })
})

describe('A path', () => {
  test('names no host: in two zones it is one item', async () => {
    const ids = [site.page('/', OUTDATED), site.page('/', { ...OUTDATED, zone_id: SHOP })]
    expect((await choose(ids)).items).toEqual([{ item: '/', kind: 'path', pages: 2, alsoCold: 0 }])
  })

  test('takes the page of the other zone with it, which is said', async () => {
    const id = site.page('/', OUTDATED)
    site.page('/', { ...FRESH, zone_id: SHOP })
    site.page('/other', { ...FRESH, zone_id: SHOP })
    expect((await choose([id])).items).toEqual([{ item: '/', kind: 'path', pages: 1, alsoCold: 1 }])
  })

  test('of a page that the other zone does not hold makes nothing cold', async () => {
    const id = site.page('/', OUTDATED)
    site.page('/', { ...ABSENT, zone_id: SHOP })
    expect((await choose([id])).items).toEqual([{ item: '/', kind: 'path', pages: 1, alsoCold: 0 }])
  })

  test('that is in no list is an item, with what it makes cold', async () => {
    site.page('/known', FRESH)
    expect((await choose([], { paths: ['/nowhere', '/known'] })).items).toEqual([
      { item: '/nowhere', kind: 'path', pages: 0, alsoCold: 0 },
      { item: '/known', kind: 'path', pages: 0, alsoCold: 1 },
    ])
  })

  test('is written as the edge wants it; two spellings are one item', async () => {
    const ids = [site.page('/~ada', OUTDATED), site.page('/%7Eada', OUTDATED)]
    expect((await choose(ids)).items).toEqual([{ item: '/%7Eada', kind: 'path', pages: 2, alsoCold: 0 }])
  })

  test('that the edge refuses leaves its page out, with the reason', async () => {
    const long = site.page(`/${'a'.repeat(4_000)}`, OUTDATED)
    const ok = site.page('/ok', OUTDATED)
    expect(await choose([long, ok])).toMatchObject({
      items: [{ item: '/ok' }],
      refused: [{ pageId: long, reason: expect.stringContaining('4000 characters') }],
    })
  })
})
