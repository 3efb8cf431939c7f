import { beforeEach, describe, expect, test } from 'vitest'
import type { Manifest, ManifestFile } from '#main/providers/builder.ts'
import { endMarks } from '#main/tags/mark-ends.ts'
import { importManifest } from '#main/pages/import-manifest-task.ts'
import { SHOP, SITE, storedSite, WWW, type StoredSite } from '../../support/stored-site.ts'

const STARTED = 1_700_000_000_000
let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})

const file = (path: string, hash: string, more: Partial<ManifestFile> = {}): ManifestFile => ({
  host: 'www.example.com',
  path,
  hash: `sha256-${hash}`,
  type: 'text/html; charset=utf-8',
  sizeBytes: 1,
  tags: [],
  ...more,
})
const REDIRECTS = [
  { from: '/old', to: '/new', status: 301 },
  { from: '/lolly/:id', to: '/.functions/lolly', status: 200 },
]

const bring = (as: 'live' | 'staged', files: ManifestFile[], more: Partial<Manifest> = {}) =>
  importManifest(
    { db: site.db.raw, clock: () => 7, endMarks },
    {
      siteId: SITE,
      as,
      zones: [
        { id: WWW, host: 'www.example.com' },
        { id: SHOP, host: 'shop.example.com' },
      ],
      manifest: { releaseId: 'r-1', startedAtMs: STARTED, files, redirects: REDIRECTS, ...more },
    },
  )
const pageAt = (path: string, zone = WWW) => {
  const found = site.db.raw
    .prepare<[string, number], { id: number }>('SELECT id FROM pages WHERE path = ? AND zone_id = ?')
    .get(path, zone)
  return found && site.row(found.id)
}
const tagsOf = (pageId: number) =>
  site.db.raw
    .prepare<[number], { tag: string }>('SELECT tag FROM tags JOIN page_tags ON tags.id = tag_id WHERE page_id = ? ORDER BY tag')
    .all(pageId)
    .map(({ tag }) => tag)

describe('A live release', () => {
  test('adds its pages, each in its zone, with hash, tags and render start', async () => {
    const added = await bring('live', [
      file('/', 'a', { tags: ['pb-menu:main-menu'] }),
      file('/', 'b', { host: 'shop.example.com' }),
      file('/x.css', 'c', { type: 'text/css' }),
    ])
    expect(added).toMatchObject({ pages: 2, newPageIds: [expect.any(Number), expect.any(Number)] })
    expect(pageAt('/')).toMatchObject({
      origin_hash: 'sha256-a',
      origin_basis: 'manifest',
      origin_started_at: STARTED,
      served_as: 'static',
      renders_on_demand: 0,
      found_by: 'manifest',
      found_at: 7,
    })
    expect(pageAt('/', SHOP)).toMatchObject({ origin_hash: 'sha256-b' })
    expect(pageAt('/x.css')).toBeUndefined()
    expect(tagsOf(pageAt('/')?.id ?? 0)).toEqual(['pb-menu:main-menu'])
  })

  test('leaves out unknown hosts, and pages that answer for other addresses', async () => {
    const { pages, newPageIds } = await bring('live', [
      file('/', 'a', { host: 'other.example.com' }),
      file('/404.html', 'b'),
      file('/404', 'b'),
      file('/500.html', 'c'),
      file('/about/404.html', 'd'),
    ])
    expect(pages).toBe(1)
    expect(newPageIds).toHaveLength(1)
    expect(pageAt('/about/404.html')).toBeDefined()
  })

  test('tells of the pages it has no file for how they are answered', async () => {
    const paths = ['/old', '/lolly/1', '/nowhere', '/broken', '/gone']
    for (const path of paths) site.page(path, path === '/broken' ? { status: 503 } : path === '/gone' ? { status: 410 } : {})
    await bring('live', [])
    expect(paths.map((path) => [path, pageAt(path)?.served_as, pageAt(path)?.renders_on_demand])).toEqual([
      ['/old', 'redirect', 0],
      ['/lolly/1', 'fallback', 1],
      ['/nowhere', 'missing', 0],
      ['/broken', 'error', 0],
      ['/gone', 'missing', 0],
    ])
  })

  test('takes the proof, the tags and the render start from pages that leave it', async () => {
    await bring('live', [file('/lolly/1', 'a', { tags: ['pb-lolly:1'] }), file('/', 'b')])
    site.tag(pageAt('/lolly/1')?.id ?? 0, 'in_html', 'seen-in-html')
    await bring('live', [file('/', 'b')], { startedAtMs: STARTED + 5 })
    expect(pageAt('/lolly/1')).toMatchObject({
      origin_hash: null,
      origin_basis: null,
      origin_started_at: STARTED + 5,
      served_as: 'fallback',
      renders_on_demand: 1,
    })
    expect(tagsOf(pageAt('/lolly/1')?.id ?? 0)).toEqual(['seen-in-html'])
  })

  test('leaves what a check learned from the origin itself', async () => {
    const id = site.page('/lolly/1', { origin_hash: 'sha256-seen', origin_basis: 'origin' })
    await bring('live', [])
    expect(site.row(id)).toMatchObject({ origin_hash: 'sha256-seen', origin_basis: 'origin' })
  })

  test('ends the waiting of the release that was staged', async () => {
    await bring('live', [file('/', 'a')])
    await bring('staged', [file('/', 'b')])
    expect(pageAt('/')).toMatchObject({ origin_hash: 'sha256-a', staged_hash: 'sha256-b' })
    await bring('live', [file('/', 'b')])
    expect(pageAt('/')).toMatchObject({ origin_hash: 'sha256-b', staged_hash: null })
  })

  test('with more pages than one transaction takes is brought in whole, and twice changes nothing', async () => {
    const files = Array.from({ length: 12_001 }, (_, index) => file(`/p/${index}`, String(index), { tags: ['all'] }))
    expect((await bring('live', files)).newPageIds).toHaveLength(12_001)
    expect((await bring('live', files)).newPageIds).toEqual([])
    const sums = site.db.raw
      .prepare(
        `SELECT count(*) AS pages, count(DISTINCT origin_hash) AS hashes, (SELECT count(*) FROM page_tags) AS tags FROM pages`,
      )
      .get()
    expect(sums).toEqual({ pages: 12_001, hashes: 12_001, tags: 12_001 })
  })
})

describe('A staged release', () => {
  test('adds no page and proves nothing, and says which bytes wait', async () => {
    await bring('live', [file('/', 'a'), file('/about', 'a')])
    const { newPageIds } = await bring('staged', [file('/', 'b', { tags: ['new'] }), file('/new', 'c')])
    expect(newPageIds).toEqual([])
    expect(pageAt('/new')).toBeUndefined()
    expect(pageAt('/')).toMatchObject({ origin_hash: 'sha256-a', staged_hash: 'sha256-b', origin_started_at: STARTED })
    expect(pageAt('/about')).toMatchObject({ origin_hash: 'sha256-a', staged_hash: null })
    expect(tagsOf(pageAt('/')?.id ?? 0)).toEqual([])
  })

  test('that is replaced by another leaves nothing of itself', async () => {
    await bring('live', [file('/', 'a'), file('/about', 'a')])
    await bring('staged', [file('/', 'b')])
    await bring('staged', [file('/about', 'c')])
    expect([pageAt('/')?.staged_hash, pageAt('/about')?.staged_hash]).toEqual([null, 'sha256-c'])
  })
})
