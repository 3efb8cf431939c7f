import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findInFolder } from '#main/discovery/folder-task.ts'
import { findInList } from '#main/discovery/list-task.ts'
import { findInNext } from '#main/discovery/next-task.ts'
import { foundSentence } from '#main/discovery/words.ts'
import { createTagWriter } from '#main/pages/write-pages.ts'
import { startTestDemo } from '../../support/demo.ts'
import { SHOP, SITE, storedSite, taking, WWW, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})
afterEach(() => site.db.close())

const never = new AbortController().signal
const zones = [
  { id: WWW, host: 'www.example.com', url: 'http://www.example.com' },
  { id: SHOP, host: 'shop.example.com', url: 'http://shop.example.com' },
]
const input = { siteId: SITE, zones, zoneId: WWW }
const paths = (zoneId = WWW) =>
  site.db.raw
    .prepare<[number], { path: string }>('SELECT path FROM pages WHERE zone_id = ? ORDER BY path')
    .all(zoneId)
    .map((row) => row.path)

function folderOf(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'frostline-disk-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

describe('A list in a file', () => {
  const list = (bytes: string | Buffer, from = folderOf({ list: bytes })) =>
    findInList(taking(site), { ...input, from: { file: join(from, 'list') } }, () => {}, never)

  test('is taken, and what cannot be is told with its line, its field and the fix', async () => {
    site.page('/known')
    const { found } = await list(
      'url;note\n/a;1\n/known;2\nhttp://shop.example.com/b;3\nhttps://elsewhere.example/c;4\nwww.example.com/d;5\nabout;6\n;7\n',
    )
    expect(foundSentence(found)).toBe(
      '3 new, 1 known, 3 not taken (line 5: elsewhere.example is no zone of this site (www.example.com, shop.example.com).)',
    )
    expect(found.notTaken.map(({ line, field, fix }) => [line, field, fix.length > 10])).toEqual([
      [5, 'url', true],
      [7, 'url', true],
      [8, 'url', true],
    ])
    expect([paths(), paths(SHOP)]).toEqual([['/a', '/d', '/known'], ['/b']])
    expect((await list('/a\n/b')).found).toMatchObject({ added: 1, known: 1 })
  })

  test('packed, with a byte order mark, or in UTF-16', async () => {
    await list(gzipSync('\uFEFF/gz\n'))
    await list('\uFEFFpath,x\n/bom,1\n')
    await list(Buffer.from('\uFEFF/wide\r\n/é\r\n', 'utf16le'))
    expect(paths()).toEqual(['/%C3%A9', '/bom', '/gz', '/wide'])
  })

  test('in another charset, damaged, missing, or a folder', async () => {
    const { found } = await list(Buffer.from('/caf\xe9\n/ok\n', 'latin1'))
    expect(found).toMatchObject({
      added: 1,
      notTakenCount: 1,
      notTaken: [{ line: 1, reason: 'It has letters that are not written in UTF-8.' }],
    })
    await expect(list(gzipSync('x'.repeat(5_000)).subarray(0, 30))).rejects.toThrow(/compressed, and damaged or cut short/)
    await expect(list('', '/nowhere/at/all')).rejects.toMatchObject({ code: 'NOT_FOUND', details: { field: 'source.path' } })
    await expect(findInList(taking(site), { ...input, from: { file: folderOf({}) } }, () => {}, never)).rejects.toThrow(
      /is a folder, not a file/,
    )
  })

  test('that is a bomb of one endless line is one refused line', async () => {
    const { found } = await list(gzipSync(Buffer.alloc(200 * 1_048_576, 'a')))
    expect(found).toMatchObject({ added: 0, notTakenCount: 1 })
  })
})

describe('A build folder', () => {
  test('gives the addresses of its HTML files, zones by their folders, without links and error pages', async () => {
    const folder = folderOf({
      'index.html': '',
      'a/index.html': '',
      'about.html': '',
      '404.html': '',
      '.hidden/index.html': '',
      'node_modules/x/index.html': '',
      'what?/100%.html': '',
      'style.css': '',
      'shop.example.com/gifts/index.html': '',
    })
    symlinkSync('/etc', join(folder, 'outside'))
    const { found } = await findInFolder(taking(site), { ...input, path: folder, dropHtml: false }, () => {}, never)
    expect([paths(), paths(SHOP)]).toEqual([['/', '/a/', '/about.html', '/what%3F/100%25.html'], ['/gifts/']])
    expect(found).toMatchObject({ added: 5, notTakenCount: 0, problems: [] })
    await findInFolder(taking(site), { ...input, path: folder, dropHtml: true }, () => {}, never)
    expect(paths()).toContain('/about')
  })

  test('that is none is refused with its field', async () => {
    const look = (path: string) => findInFolder(taking(site), { ...input, path, dropHtml: false }, () => {}, never)
    await expect(look('/nowhere/at/all')).rejects.toMatchObject({ details: { field: 'source.path' } })
    expect((await look(folderOf({ 'a.txt': '' }))).found.problems).toEqual([expect.stringContaining('no HTML file')])
  })

  test('of the built-in site, as Eleventy wrote it, has its pages', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-demo-'))
    const { demo, site: entered } = await startTestDemo(dataFolder)
    try {
      const own = entered.zones.map(({ url }, at) => ({ id: at + 1, host: new URL(url).host, url }))
      const release = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).find((path) =>
        path.endsWith(join('zones', 'lollies')),
      )
      const path = join(dataFolder, release ?? 'no release')
      const { found } = await findInFolder(taking(site), { ...input, zones: own, path, dropHtml: false }, () => {}, never)
      const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))
      expect(found.added).toBe(files.filter((file) => !/^(404|500)\b/.test(file)).length)
      expect(found.notTakenCount).toBe(0)
      const listed = gunzipSync(readFileSync(join(path, 'sitemap-pages.xml.gz'))).toString()
      const inSitemap = [...listed.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, at = '']) => new URL(at).pathname)
      const here = new Set(paths())
      // The rest is rendered on demand and has no file.
      expect(inSitemap.filter((at) => here.has(at) || here.has(`${at}/`)).length).toBeGreaterThan(300)
    } finally {
      await demo.close()
    }
  })
})

describe('A Next.js build', () => {
  const SECRET = 'c0ffee'.repeat(8)
  const manifest = {
    version: 4,
    routes: {
      '/': { initialRevalidateSeconds: false, srcRoute: '/', dataRoute: '/index.rsc', experimentalBypassFor: [] },
      '/blog/first': {
        initialRevalidateSeconds: 60,
        initialExpireSeconds: 31_536_000,
        srcRoute: '/blog/[slug]',
        dataRoute: '/blog/first.rsc',
        initialHeaders: { 'x-next-cache-tags': '_N_T_/layout,_N_T_/blog/[slug]/page,posts,post:first' },
      },
      '/caf%C3%A9': { initialRevalidateSeconds: 10, srcRoute: '/[p]', dataRoute: '/x.rsc' },
      '/_not-found': { initialRevalidateSeconds: false, srcRoute: '/_not-found', dataRoute: null },
      '/favicon.ico': { initialRevalidateSeconds: false, srcRoute: '/favicon.ico', dataRoute: null },
    },
    dynamicRoutes: {
      '/blog/[slug]': {
        routeRegex: '^/blog/([^/]+?)(?:/)?$',
        fallback: null,
        fallbackRevalidate: 60,
        dataRoute: '/blog/[slug].rsc',
      },
      '/docs/[...all]': { routeRegex: '^/docs/(.+?)$', fallback: false, dataRoute: null },
    },
    notFoundRoutes: [],
    preview: { previewModeId: SECRET, previewModeSigningKey: SECRET, previewModeEncryptionKey: SECRET },
  }
  const look = (path: string) => findInNext({ ...taking(site), tagWriter: createTagWriter }, { ...input, path }, () => {}, never)

  test('gives its routes with their tags, names the routes on demand, and leaves its secrets behind', async () => {
    const project = folderOf({
      '.next/prerender-manifest.json': JSON.stringify(manifest),
      '.next/server/app/index.meta': JSON.stringify({ headers: { 'x-next-cache-tags': 'home' } }),
      '.next/server/app/caf%C3%A9.meta': '{ not json',
    })
    const { found } = await look(project)
    expect(paths()).toEqual(['/', '/blog/first', '/caf%C3%A9'])
    const tags = site.db.raw
      .prepare(
        'SELECT path, tag FROM page_tags JOIN pages ON pages.id = page_id JOIN tags ON tags.id = tag_id ORDER BY path, tag',
      )
      .all()
    expect(tags).toEqual([
      { path: '/', tag: 'home' },
      { path: '/blog/first', tag: 'post:first' },
      { path: '/blog/first', tag: 'posts' },
    ])
    expect(found.problems).toEqual([
      expect.stringContaining('1 route renders further pages on demand (/blog/[slug], every 60 s)'),
    ])
    expect(site.db.raw.serialize().includes(SECRET)).toBe(false)
    expect((await look(join(project, '.next', 'prerender-manifest.json'))).found).toMatchObject({ added: 0, known: 3 })
  })

  test('that cannot be read is told without a value of it', async () => {
    await expect(look(folderOf({ 'prerender-manifest.json': `{"preview":"${SECRET}"` }))).rejects.toThrow(
      'This prerender manifest cannot be read: it is not JSON.',
    )
    await expect(look(folderOf({ 'prerender-manifest.json': JSON.stringify({ version: 4, routes: SECRET }) }))).rejects.toThrow(
      'routes is not as expected',
    )
    await expect(look(folderOf({}))).rejects.toMatchObject({ code: 'NOT_FOUND', details: { field: 'source.path' } })
  })
})
