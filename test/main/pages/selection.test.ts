import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Selection } from '#shared/pages.ts'
import { createReadLine } from '#main/pages/read-line.ts'
import { resolveSelection } from '#main/pages/selection.ts'
import { checkItem } from '#main/providers/cloudfront/purge-items.ts'
import { SHOP, SITE, storedSite, WWW, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
const pages: Record<string, number> = {}
beforeAll(async () => {
  site = await storedSite(['https://www.example.com', 'http://shop.localhost:4180'])
  pages['home'] = site.page('/')
  pages['about'] = site.page('/about')
  pages['shopAbout'] = site.page('/about', { zone_id: SHOP })
  pages['search'] = site.page('/search?q=lolly')
  pages['cafe'] = site.page('/caf%C3%A9')
  pages['tilde'] = site.page('/~ada/[1]')
  site.tag(pages['about'], 'in_html', 'pb-menu:main-menu')
  site.tag(pages['home'], 'in_header', 'pb-menu:footer')
  site.tag(pages['search'], 'in_html', 'pb-menus')
})
afterAll(() => site.db.close())

const zones = [
  { id: WWW, host: 'www.example.com' },
  { id: SHOP, host: 'shop.localhost:4180' },
]
const resolve = (selection: Selection) =>
  resolveSelection(site.db.query, SITE, selection, Date.now(), createReadLine(zones, checkItem))
const paste = (text: string) => resolve({ kind: 'paths', text })
const id = (name: string) => pages[name] ?? 0

describe('A selection', () => {
  test('of pages is these pages, each once', async () => {
    const { pageIds } = await resolve({ kind: 'pages', pageIds: [id('home'), id('about'), id('home')] })
    expect(pageIds).toEqual([id('home'), id('about')])
  })

  test('of more pages than one statement takes is all of them', async () => {
    const many = site.db.transact(() => Array.from({ length: 12_000 }, (_, index) => site.page(`/many/${index}`)))
    const { pageIds } = await resolve({ kind: 'pages', pageIds: many })
    site.db.raw.prepare(`DELETE FROM pages WHERE path LIKE '/many/%'`).run()
    expect([...pageIds].sort((a, b) => a - b)).toEqual(many)
  })

  test('of pages that are not in the site is refused with how many', async () => {
    await expect(resolve({ kind: 'pages', pageIds: [id('home'), 777, 778] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: '2 of the selected pages are not in this site any more.',
      details: { field: 'selection.pageIds' },
    })
  })

  test('by filter leaves out what was unticked', async () => {
    const { pageIds } = await resolve({ kind: 'filter', filter: { text: 'about' }, exceptPageIds: [id('shopAbout')] })
    expect(pageIds).toEqual([id('about')])
  })

  test('by a tag without id is every page of its class', async () => {
    expect((await resolve({ kind: 'tag', tag: 'PB-menu' })).pageIds).toEqual([id('home'), id('about')])
    expect((await resolve({ kind: 'tag', tag: 'pb-menu:FOOTER' })).pageIds).toEqual([id('home')])
  })

  test('by a tag that no page carries is refused', async () => {
    await expect(resolve({ kind: 'tag', tag: 'pb-nothing' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { field: 'selection.tag' },
    })
  })
})

describe('A pasted line', () => {
  test.each<[string, string[]]>([
    ['/about', ['about', 'shopAbout']],
    ['  /about  ', ['about', 'shopAbout']],
    ['https://www.example.com/about', ['about']],
    ['HTTPS://WWW.Example.COM:443/about', ['about']],
    ['http://www.example.com/about', ['about']],
    ['www.example.com/about', ['about']],
    ['http://shop.localhost:4180/about#team', ['shopAbout']],
    ['https://www.example.com', ['home']],
    ['https://www.example.com/search?q=lolly', ['search']],
    ['/search?q=lolly', ['search']],
    ['/café', ['cafe']],
    ['/caf%c3%a9', ['cafe']],
    ['https://www.example.com/café', ['cafe']],
    ['/~ada/[1]', ['tilde']],
    ['/%7Eada/%5B1%5D', ['tilde']],
    ['https://www.example.com/~ada/[1]', ['tilde']],
  ])('%j means %j', async (line, names) => {
    expect(await paste(line)).toEqual({ pageIds: names.map(id), unknownPaths: [], refused: [] })
  })

  test.each<[string, RegExp]>([
    [
      'https://elsewhere.example.com/about',
      /elsewhere\.example\.com is no zone of this site \(www\.example\.com, shop\.localhost:4180\)/,
    ],
    ['http://shop.localhost/about', /shop\.localhost is no zone/],
    ['ftp://www.example.com/about', /Not a web address/],
    ['https://', /Not a web address/],
    ['about', /A path begins with a slash\. Write \/about instead/],
    ['/blog/*', /names one page and has no wildcard/],
    ['/blog/*/x', /names one page and has no wildcard/],
    ['#pb-menu:main-menu', /This is a tag/],
    ['/a /b', /several items/],
    ['/a\tb', /control character/],
    [`/${'a'.repeat(4_000)}`, /may have 4000 characters and this one has 4001/],
    [`/${'ü'.repeat(700)}`, /may have 4000 characters and this one has 4201/],
  ])('%j is refused with the reason', async (line, reason) => {
    const { pageIds, unknownPaths, refused } = await paste(line)
    expect([pageIds, unknownPaths]).toEqual([[], []])
    expect(refused).toEqual([{ line, reason: expect.stringMatching(reason) }])
  })

  test('that is in no list is a path all the same, as the edge wants it written', async () => {
    expect((await paste('/nie gesehen')).unknownPaths).toEqual([{ path: '/nie%20gesehen', zoneId: null }])
    expect((await paste('http://shop.localhost:4180/nowhere?x=1')).unknownPaths).toEqual([{ path: '/nowhere?x=1', zoneId: SHOP }])
    expect((await paste(`/${'a'.repeat(3_999)}`)).unknownPaths).toHaveLength(1)
  })

  test('hides no other, and counts once', async () => {
    const found = await paste('/about\r\n\r\nnonsense\n/about\nhttps://www.example.com/about\n/new')
    expect(found.pageIds).toEqual([id('about'), id('shopAbout')])
    expect(found.unknownPaths.map(({ path }) => path)).toEqual(['/new'])
    expect(found.refused.map(({ line }) => line)).toEqual(['nonsense'])
  })
})
