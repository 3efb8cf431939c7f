import { beforeEach, describe, expect, test } from 'vitest'
import { importManifest } from '#main/pages/import-manifest-task.ts'
import { endMarks } from '#main/tags/mark-ends.ts'
import { createTagWriter, insertPages } from '#main/pages/write-pages.ts'
import { dropEntries, importEntries } from '#main/entries/import-entries-task.ts'
import { clockOffset } from '#main/entries/sync.ts'
import type { RendererEntry } from '#main/providers/renderer.ts'
import { addMark, undoMark } from '#main/tags/marks.ts'
import { SITE, storedSite, WWW, type StoredSite } from '../../support/stored-site.ts'

const T = 1_800_000_000_000
let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})

const entry = (path: string, more: Partial<RendererEntry> = {}): RendererEntry => ({
  host: 'www.example.com',
  path,
  hash: `sha256-${'a'.repeat(64)}`,
  sizeBytes: 10,
  tags: ['pb-menu:main-menu'],
  startedAtMs: T,
  durationMs: 400,
  refreshedAtMs: T + 400,
  expiresAtMs: T + 60_400,
  markedAtMs: null,
  failure: null,
  ttlSeconds: 60,
  expired: false,
  refreshing: false,
  ...more,
})
const bring = (entries: RendererEntry[], offsetMs = 0, seenAtMs = T) =>
  importEntries(
    { db: site.db.raw, insertPages, tagWriter: createTagWriter, endMarks },
    { siteId: SITE, entries, offsetMs, seenAtMs },
  )
const manifest = (paths: string[]) =>
  importManifest(
    { db: site.db.raw, clock: () => T, endMarks },
    {
      siteId: SITE,
      zones: [{ id: WWW, host: 'www.example.com' }],
      as: 'live',
      manifest: {
        releaseId: 'r',
        startedAtMs: T + 9,
        files: paths.map((path) => ({
          host: 'www.example.com',
          path,
          hash: `sha256-${'f'.repeat(64)}`,
          type: 'text/html',
          sizeBytes: 1,
          tags: [],
        })),
        redirects: [{ from: '/*', to: '/.functions/ssr', status: 200 }],
      },
    },
  )

describe('An entry of a renderer', () => {
  test('makes its page a rendered one that is compared with it, and a new page known', async () => {
    const id = site.page('/a', { renders_on_demand: 1, served_as: 'fallback' })
    const { changed, newPageIds } = await bring([entry('/a'), entry('/b'), entry('/c', { host: 'elsewhere.example' })])
    expect(changed).toBe(true)
    expect(newPageIds).toHaveLength(1)
    expect(site.row(id)).toMatchObject({
      served_as: 'rendered',
      renders_on_demand: 0,
      origin_basis: 'renderer',
      origin_started_at: T,
      changed_since: null,
    })
    expect((await bring([entry('/a'), entry('/b')])).changed).toBe(false)
  })

  test('has its page wait while it is marked, and no longer when a later refresh has answered', async () => {
    const id = site.page('/a')
    await bring([entry('/a', { markedAtMs: T + 1_000, expired: true })])
    expect(site.row(id).changed_since).toBe(T + 1_000)
    await bring([entry('/a', { startedAtMs: T + 2_000 })])
    expect(site.row(id)).toMatchObject({ changed_since: null, origin_started_at: T + 2_000 })
  })

  test('keeps what people told of its page, and their taking it back keeps the mark of the renderer', async () => {
    const id = site.page('/a')
    const told = { siteId: SITE, what: 'menu', target: '1 page', sinceMs: T + 500, by: 'Ada', pageIds: [id] }
    const mark = addMark(site.db, told, T)
    await bring([entry('/a', { markedAtMs: T + 1_000 })])
    undoMark(site.db, mark, T)
    expect(site.row(id).changed_since).toBe(T + 1_000)
    addMark(site.db, told, T)
    await bring([entry('/a', { startedAtMs: T + 100 })])
    expect(site.row(id).changed_since).toBe(T + 500)
  })

  test('has its instants by our clock, converted once', async () => {
    const id = site.page('/a')
    await bring([entry('/a')], -3_600_000)
    expect(site.row(id).origin_started_at).toBe(T - 3_600_000)
    await bring([entry('/a')], -7_200_000)
    expect(site.row(id).origin_started_at).toBe(T - 3_600_000)
  })

  test('gives way to a file of the live release, and holds against its rules', async () => {
    const [file, rendered] = [site.page('/file'), site.page('/rendered')]
    await bring([entry('/rendered')])
    await manifest(['/file'])
    await bring([entry('/file'), entry('/rendered')])
    expect(site.row(file)).toMatchObject({ served_as: 'static', origin_basis: 'manifest' })
    expect(site.row(rendered)).toMatchObject({ served_as: 'rendered', origin_basis: 'renderer', renders_on_demand: 0 })
    await manifest([])
    expect(site.row(file)).toMatchObject({ served_as: 'rendered', origin_basis: 'renderer', origin_started_at: T })
  })

  test('that is gone leaves its page to the rules', async () => {
    const id = site.page('/a')
    await bring([entry('/a')])
    expect(await dropEntries({ db: site.db.raw }, { siteId: SITE, beforeMs: T })).toEqual({ dropped: 0 })
    expect(await dropEntries({ db: site.db.raw }, { siteId: SITE, beforeMs: T + 1 })).toEqual({ dropped: 1 })
    expect(site.row(id)).toMatchObject({ origin_hash: null, origin_basis: null })
  })
})

describe('The offset of another clock', () => {
  test('is none when its time lies between question and answer, and else the smallest that agrees', () => {
    expect(clockOffset(T, T + 20, T + 50)).toBe(0)
    expect(clockOffset(T, T - 1_000, T + 50)).toBe(1_000)
    expect(clockOffset(T, T + 1_050, T + 50)).toBe(-1_000)
  })
})
