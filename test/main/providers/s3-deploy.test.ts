import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LocalRelease, PublishProgress } from '#main/providers/publisher.ts'
import { createHttp } from '#main/platform/http.ts'
import { headersOf, isHashed } from '#main/providers/s3-deploy/headers.ts'
import { createS3Releases } from '#main/providers/s3-deploy/s3-deploy.ts'
import { localRelease } from '../../support/local-release.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'

const http = createHttp()
let server: S3Server
beforeAll(async () => {
  server = await startS3Server('AKIATEST', 3)
})
afterAll(async () => {
  await server.stop()
  await http.close()
})
beforeEach(() => {
  server.objects.clear()
  server.requests.length = 0
  server.before = () => null
})

const open = (accessKeyId = 'AKIATEST', more: { nowMs?: () => number } = {}) =>
  createS3Releases({
    bucket: 'pages',
    prefix: 'site',
    region: 'eu-central-1',
    endpoint: server.url,
    forcePathStyle: true,
    credentials: { kind: 'keys', accessKeyId, secretAccessKey: 'very-secret' },
    http,
    htmlSeconds: 600,
    nowMs: more.nowMs ?? Date.now,
  })
const running = new AbortController().signal
const upload = (release: LocalRelease, previous: string | null = null, store = open()) =>
  store.upload(release, previous, running, () => {})
const made = (kind: 'PUT' | 'COPY') => server.requests.filter((request) => request.startsWith(`${kind} `)).sort()

const SITE = {
  'index.html': '<link href="/assets/app.3f2a9c1b.css">Home, first',
  'about/index.html': 'About',
  'assets/app.3f2a9c1b.css': 'p { color: red }',
  'feed.xml': '<rss/>',
}

describe('A release in a bucket', () => {
  test('lies there with types, lifetimes and tags, assets before pages, the manifest last', async () => {
    const done = await upload(localRelease('r-1', SITE, { 'index.html': ['PB-Menu:Main', 'page'] }))
    expect(done).toMatchObject({ sent: 4, copied: 0, there: 0, notes: [] })
    const page = server.objects.get('pages/site/releases/r-1/index.html')
    expect(page).toMatchObject({
      metadata: { 'cache-tag': 'pb-menu:main,page' },
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=0, s-maxage=600' },
    })
    expect(server.objects.get('pages/site/releases/r-1/assets/app.3f2a9c1b.css')?.headers).toEqual({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    const puts = server.requests.filter((request) => request.startsWith('PUT')).map((request) => request.split('r-1/')[1])
    expect(new Set(puts.slice(0, 2))).toEqual(new Set(['assets/app.3f2a9c1b.css', 'feed.xml']))
    expect(puts.at(-1)).toBe('.frostline-manifest.json')
    expect(await open().list()).toMatchObject([
      { id: 'r-1', title: 'Release r-1', publishedAtMs: null, place: '/site/releases/r-1' },
    ])
  })

  test('sends only what differs from the release before, and copies the rest within the bucket', async () => {
    await upload(localRelease('r-1', SITE))
    server.requests.length = 0
    const done = await upload(localRelease('r-2', { ...SITE, 'index.html': 'Home, second', 'new/index.html': 'New' }), 'r-1')
    expect(done).toMatchObject({ sent: 2, copied: 3 })
    expect(made('PUT')).toEqual([
      'PUT /pages/site/releases/r-2/.frostline-manifest.json',
      'PUT /pages/site/releases/r-2/index.html',
      'PUT /pages/site/releases/r-2/new/index.html',
    ])
    expect(made('COPY')).toHaveLength(3)
    expect(server.objects.get('pages/site/releases/r-2/about/index.html')?.body.toString()).toBe('About')
  })

  test('does not believe a source that was changed since: it sends the bytes itself', async () => {
    await upload(localRelease('r-1', SITE))
    server.objects.set('pages/site/releases/r-1/about/index.html', { body: 'Defaced' })
    expect(await upload(localRelease('r-2', SITE), 'r-1')).toMatchObject({ sent: 1, copied: 3 })
    expect(server.objects.get('pages/site/releases/r-2/about/index.html')?.body.toString()).toBe('About')
  })

  test('keeps the assets of the release before for pages that still name them, for a week', async () => {
    let nowMs = Date.now()
    const store = open('AKIATEST', { nowMs: () => nowMs })
    await upload(localRelease('r-1', SITE), null, store)
    const { 'assets/app.3f2a9c1b.css': _gone, ...rest } = SITE
    const next = { ...rest, 'assets/app.77aa00ff.css': 'p { color: blue }' }
    await upload(localRelease('r-2', next), 'r-1', store)
    expect(server.objects.get('pages/site/releases/r-2/assets/app.3f2a9c1b.css')?.body.toString()).toContain('red')
    expect((await store.manifest('r-2')).files.map(({ file }) => file)).not.toContain('assets/app.3f2a9c1b.css')
    nowMs += 3 * 86_400_000
    await upload(localRelease('r-3', next), 'r-2', store)
    expect(server.objects.has('pages/site/releases/r-3/assets/app.3f2a9c1b.css')).toBe(true)
    nowMs += 5 * 86_400_000
    await upload(localRelease('r-4', next), 'r-3', store)
    expect(server.objects.has('pages/site/releases/r-4/assets/app.3f2a9c1b.css')).toBe(false)
  })

  test('that was cut off goes on where it stopped, and is not whole before', async () => {
    const release = localRelease('r-1', SITE)
    const stop = new AbortController()
    server.before = (request) => {
      if (request.endsWith('/index.html')) stop.abort()
      return null
    }
    await expect(open().upload(release, null, stop.signal, () => {})).rejects.toThrow()
    expect(await open().list()).toEqual([])
    await expect(open().manifest('r-1')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    server.before = () => null
    const progress: PublishProgress[] = []
    const done = await open().upload(release, null, running, (step) => progress.push(step))
    expect(done.there).toBeGreaterThanOrEqual(2)
    expect(done.sent + done.there).toBe(4)
    expect(progress.at(-1)).toMatchObject({ phase: 'uploading pages', done: 2, total: 2 })
    expect(await open().list()).toHaveLength(1)
    expect(await upload(release)).toMatchObject({ sent: 0, there: 4 })
  })

  test('has the bytes that the build promised, or is not taken', async () => {
    const release = localRelease('r-1', SITE)
    writeFileSync(join(release.folder, 'about/index.html'), 'Ab0ut')
    await expect(upload(release)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('other bytes') })
    writeFileSync(join(release.folder, 'about/index.html'), 'About, longer')
    await expect(upload(release)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('about/index.html'),
    })
    expect(await open().list()).toEqual([])
  })

  test('is refused under a name that another release has', async () => {
    await upload(localRelease('r-1', SITE))
    await expect(upload(localRelease('r-1', { 'index.html': 'Other' }))).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('is sent again where the store was busy, and says which permission is missing', async () => {
    let busy = 2
    server.before = (request) => (request.startsWith('PUT') && busy-- > 0 ? 503 : null)
    expect(await upload(localRelease('r-1', SITE))).toMatchObject({ sent: 4 })
    await expect(upload(localRelease('r-2', SITE), null, open('AKIAOTHER'))).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
    })
  })

  test('is taken away manifest first, and what nobody finished is found', async () => {
    const store = open()
    await upload(localRelease('r-1', SITE), null, store)
    await upload(localRelease('r-2', SITE), 'r-1', store)
    await store.markPublished('r-2')
    expect((await store.list()).map(({ id, publishedAtMs }) => [id, publishedAtMs !== null])).toEqual([
      ['r-2', true],
      ['r-1', false],
    ])
    server.objects.delete('pages/site/releases/r-1/.frostline-manifest.json')
    expect((await store.list()).map(({ id }) => id)).toEqual(['r-2'])
    expect(await store.leftovers(Date.now() - 3_600_000)).toEqual([])
    expect(await store.leftovers(Date.now() + 3_600_000)).toEqual(['r-1'])
    server.requests.length = 0
    await store.remove('r-2')
    expect(server.requests.filter((request) => request.startsWith('REMOVE'))[0]).toMatch(/manifest\.json$/)
    expect([...server.objects.keys()].filter((key) => key.includes('r-2'))).toEqual([])
  })

  test('is a leftover at once when its removal was ended in between', async () => {
    const store = open()
    await upload(localRelease('r-1', SITE), null, store)
    for (let calls = 0; ; calls += 1) {
      let left = calls
      server.before = () => (left-- > 0 ? null : 400)
      const ended = await store.remove('r-1').then(
        () => true,
        () => false,
      )
      server.before = () => null
      if (ended) break
      const whole = (await store.list()).some(({ id }) => id === 'r-1')
      const there = [...server.objects.keys()].some((key) => key.includes('/r-1/'))
      expect({ calls, leftovers: await store.leftovers(0) }).toEqual({ calls, leftovers: whole || !there ? [] : ['r-1'] })
    }
    expect([...server.objects.keys()].filter((key) => key.includes('/r-1/'))).toEqual([])
  })
})

describe('Headers', () => {
  test.each([
    ['assets/app.3f2a9c1b.css', true],
    ['assets/index-BxYz12_a.js', true],
    ['_next/static/chunks/main.js', true],
    ['chunk-AB2CDEF7.js', true],
    ['assets/photo-DSCF1234.jpg', false],
    ['IMG_2024.jpg', false],
    ['assets/hero-Bx3zQ1pL.webp', true],
    ['report-20261105.pdf', false],
    ['photos/vacation2024.jpg', false],
    ['assets/hero-portrait.jpg', false],
    ['img-Vacation.jpg', false],
    ['index.html', false],
    ['page.3f2a9c1b.html', false],
    ['style.css', false],
  ])('%s is named by its content: %s', (file, hashed) => {
    expect(isHashed(file)).toBe(hashed)
  })

  test('carry 50 tags and less than 2 KB of them, and say what was left out', () => {
    const many = Array.from({ length: 60 }, (_, at) => `tag:${at}`)
    const long = Array.from({ length: 30 }, (_, at) => `${at}:${'x'.repeat(200)}`)
    const of = (tags: string[]) => headersOf({ file: 'index.html', type: 'text/html', tags }, 60)
    expect(of(many).cacheTag?.split(',')).toHaveLength(50)
    expect(of(many).tagsLeftOut).toBe(10)
    expect(of(long).cacheTag?.length).toBeLessThan(2_000)
    expect(of(['Menü', 'A', 'a']).cacheTag).toBe('a')
    expect(of(['Menü', 'A', 'a']).tagsLeftOut).toBe(1)
    expect(of([]).cacheTag).toBeNull()
  })

  test('with too many tags are told, and the release is taken', async () => {
    const many = Array.from({ length: 60 }, (_, at) => `tag:${at}`)
    const done = await upload(localRelease('r-1', SITE, { 'index.html': many }))
    expect(done.notes).toEqual([expect.stringContaining('Not all tags of / fit')])
  })
})

test('the store of the tests takes checksums as trailers, and refuses wrong ones', async () => {
  const client = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
  })
  const put = (sum?: string) =>
    client.send(
      new PutObjectCommand({
        Bucket: 'pages',
        Key: 'streamed',
        Body: Readable.from([Buffer.from('in '), Buffer.from('parts')]),
        ContentLength: 8,
        ...(sum === undefined ? { ChecksumAlgorithm: 'CRC32' } : { ChecksumSHA256: sum }),
      }),
    )
  await put()
  expect(server.objects.get('pages/streamed')?.body.toString()).toBe('in parts')
  await expect(put(Buffer.alloc(32).toString('base64'))).rejects.toThrow('BadDigest')
  client.destroy()
})
