import { hash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { storeReleaseFiles } from '#main/builds/release-files-task.ts'
import { createHttp } from '#main/platform/http.ts'
import type { ObjectStore } from '#main/providers/object-store.ts'
import type { Renderer, RendererEntry } from '#main/providers/renderer.ts'
import { createS3Store } from '#main/providers/s3/s3.ts'
import { diagnosisWorld } from '../../support/diagnosis-world.ts'
import { startS3Server } from '../../support/s3-server.ts'
import { startSiteServer, type Seen, type Served } from '../../support/site-server.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Answer = (seen: Seen) => Served | undefined
interface Extra {
  readonly settings?: Record<string, unknown>
  readonly objects?: ObjectStore
  readonly renderer?: Renderer
}

async function world(edgeAnswer: Answer, originAnswer: Answer | null, { settings = {}, ...others }: Extra = {}) {
  const edge = await startSiteServer(edgeAnswer)
  const origin = originAnswer && (await startSiteServer(originAnswer))
  const site = await storedSite([edge.url])
  site.db.raw
    .prepare('UPDATE sites SET settings_json = json_patch(settings_json, ?)')
    .run(JSON.stringify({ originUrl: origin?.url ?? null, ...settings }))
  const diagnosis = diagnosisWorld(site, others)
  ends.push(
    () => site.db.close(),
    edge.stop,
    () => origin?.stop(),
    diagnosis.close,
  )
  return { edge, origin, site, ...diagnosis }
}

const sha = (text: string) => `sha256-${hash('sha256', text, 'hex')}`
const md5 = (text: string) => hash('md5', text, 'hex')
const html = (body: string, headers: Record<string, string> = {}): Served => ({
  headers: { 'content-type': 'text/html', age: '5', ...headers },
  body,
})

describe('The origin, asked itself', () => {
  test('is asked with the host of the page, and an equal copy costs no body', async () => {
    const { edge, origin, collect } = await world(
      () => html('<p>same', { etag: 'W/"v1"', 'last-modified': 'Thu, 05 Nov 2026 12:00:00 GMT' }),
      ({ headers }) => (headers['if-none-match'] === 'W/"v1"' ? { status: 304, headers: { etag: '"v1"' } } : html('<p>same')),
    )
    const { origin: has } = await collect({ url: `${edge.url}/a` })
    expect(has).toMatchObject({ basis: 'origin', status: 200, sameAsEdge: true, hash: sha('<p>same'), exchange: { status: 304 } })
    expect(origin?.requests.map(({ path, headers }) => [path, headers.host])).toEqual([['/a', edge.hostPort]])
  })

  test('with another body tells its hash, nonces and tokens left out', async () => {
    const page = (nonce: string) => `<script nonce="${nonce}">1</script><input type=hidden name=csrf_token value=${nonce}><p>x`
    const { edge, collect } = await world(
      () => html(page('a1')),
      () => html(page('b2')),
    )
    const { origin: has, edge: seen } = await collect({ url: `${edge.url}/a` })
    const first = seen?.first
    expect(has).toMatchObject({ basis: 'origin', steady: true, hash: first && 'steadyHash' in first ? first.steadyHash : null })
    expect(first).not.toMatchObject({ bodyHash: has.basis === 'origin' ? has.exchange?.bodyHash : '' })
  })

  test("leaves out what the site's settings name", async () => {
    const { edge, collect } = await world(
      () => html('<time id=clock>10:00</time><p>x'),
      () => html('<time id=clock>10:01</time><p>x'),
      { settings: { volatileSelectors: ['#clock'] } },
    )
    const { origin: has, edge: seen } = await collect({ url: `${edge.url}/a` })
    expect(seen?.first).toMatchObject({ steadyHash: has.basis === 'origin' ? has.hash : '' })
  })

  test('that lets only the edge in is not compared, and the sentence says why and what to do', async () => {
    const { edge, collect } = await world(
      () => html('<p>x'),
      () => ({ status: 403 }),
    )
    const { origin: has } = await collect({ url: `${edge.url}/a` })
    expect(has).toMatchObject({ basis: 'none', why: expect.stringContaining('origin access control') })
    expect(has).toMatchObject({ why: expect.stringContaining('Name the bucket') })
  })

  test('that is down, or has no address, is not compared', async () => {
    const { edge, origin, site, collect } = await world(
      () => html('<p>x'),
      () => html('<p>x'),
    )
    await origin?.stop()
    expect((await collect({ url: `${edge.url}/a` })).origin).toMatchObject({
      basis: 'none',
      why: expect.stringContaining('refused'),
      failure: expect.stringContaining('refused'),
    })
    site.db.raw.prepare(`UPDATE sites SET settings_json = json_set(settings_json, '$.originUrl', NULL)`).run()
    expect((await collect({ url: `${edge.url}/a` })).origin).toMatchObject({
      basis: 'none',
      why: expect.stringContaining('no origin address'),
    })
  })

  test('is asked for the redirect, too, where the edge gave one', async () => {
    const { edge, collect } = await world(
      ({ path }) => (path === '/old' ? { status: 301, headers: { location: '/was-new' } } : html('<p>x')),
      ({ path }) => (path === '/old' ? { status: 301, headers: { location: '/is-new' } } : html('<p>x')),
    )
    const { originRedirect } = await collect({ url: `${edge.url}/old` })
    expect(originRedirect).toMatchObject({ status: 301, location: expect.stringMatching(/\/is-new$/) })
  })
})

describe('What the origin has without being asked', () => {
  test("is the live release's file first of all", async () => {
    const { edge, origin, site, collect } = await world(
      () => html('<p>old'),
      () => html('<p>x'),
    )
    site.db.raw
      .prepare(
        `INSERT INTO releases (site_id, release_id, title, started_at, published, live, redirects_json) VALUES (?, 'r2', 'Two', 2000, 1, 1, ?)`,
      )
      .run(SITE, JSON.stringify([{ from: '/gone/*', to: '/', status: 301 }]))
    const file = (path: string, text: string) => ({
      host: edge.hostPort,
      path,
      hash: sha(text),
      type: 'text/html',
      sizeBytes: 1,
      tags: [],
    })
    const manifest = { releaseId: 'r2', startedAtMs: 2000, files: [file('/a/', '<p>new'), file('/app.js', 'x')], redirects: [] }
    storeReleaseFiles(site.db.raw, { siteId: SITE, manifest, keep: [] })
    const evidence = await collect({ url: `${edge.url}/a/?x=1` })
    expect(evidence.origin).toMatchObject({ basis: 'manifest', hash: sha('<p>new'), steady: false, startedAtMs: 2000 })
    expect(evidence.history.releases).toMatchObject([{ id: 'r2', live: true, hash: sha('<p>new') }])
    expect(evidence.rule).toBeNull()
    expect(origin?.requests).toEqual([])
    expect((await collect({ url: `${edge.url}/gone/b` })).rule).toMatchObject({ from: '/gone/*', status: 301 })
  })

  test('is the list of files also for a copy past its lifetime, and the origin is asked once whether it fails', async () => {
    const answers = { good: html('<p>new'), bad: { status: 503, body: 'down' } }
    let origins: keyof typeof answers = 'bad'
    const { edge, origin, site, collect } = await world(
      () => html('<p>old', { age: '120', 'cache-control': 'max-age=60', etag: '"v1"' }),
      () => answers[origins],
    )
    site.page('/a/', { served_as: 'static', origin_hash: sha('<p>new') })
    site.db.raw
      .prepare(
        `INSERT INTO releases (site_id, release_id, title, started_at, published, live, redirects_json) VALUES (?, 'r2', 'Two', 2000, 1, 1, '[]')`,
      )
      .run(SITE)
    const failing = await collect({ url: `${edge.url}/a/` })
    expect(failing.origin).toMatchObject({ basis: 'manifest', failure: 'The origin answers with status 503.' })
    expect(origin?.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['"v1"'])
    origins = 'good'
    expect((await collect({ url: `${edge.url}/a/` })).origin).not.toHaveProperty('failure')
  })

  test("is the renderer's entry, with its instants by our clock", async () => {
    const entry: RendererEntry = {
      host: 'x',
      path: '/a',
      hash: sha('<p>new'),
      sizeBytes: 1,
      tags: ['menu:main'],
      startedAtMs: 1_000,
      durationMs: 5,
      refreshedAtMs: 1_005,
      expiresAtMs: 9_000,
      markedAtMs: null,
      failure: null,
      ttlSeconds: 60,
      expired: false,
      refreshing: false,
    }
    const renderer = { one: async () => ({ nowMs: 5_000, entries: [entry], next: null }) } as unknown as Renderer
    const { edge, origin, collect } = await world(
      () => html('<p>old'),
      () => html('<p>x'),
      { settings: { renderer: { kind: 'ssr-cache', host: 'x' } }, renderer },
    )
    const { origin: has } = await collect({ url: `${edge.url}/a` })
    expect(has).toMatchObject({ basis: 'renderer', hash: sha('<p>new'), tags: ['menu:main'] })
    expect(has.basis === 'renderer' ? has.atMs - (has.startedAtMs ?? 0) : 0).toBe(4_000)
    expect(origin?.requests).toEqual([])
  })

  describe('is the object in the bucket', () => {
    async function bucket(edgeAnswer: Answer, body: string, more: { etag?: string; accessKeyId?: string } = {}) {
      const s3 = await startS3Server('AKIATEST')
      s3.objects.set('pages/a/index.html', { body, metadata: { 'cache-tag': 'home' }, ...(more.etag ? { etag: more.etag } : {}) })
      const http = createHttp()
      ends.push(s3.stop, http.close)
      const credentials = { kind: 'keys', accessKeyId: more.accessKeyId ?? 'AKIATEST', secretAccessKey: 's' } as const
      const options = {
        bucket: 'pages',
        prefix: '',
        region: 'eu-central-1',
        endpoint: s3.url,
        forcePathStyle: true,
        credentials,
        http,
      }
      const started = await world(edgeAnswer, () => ({ status: 403 }), {
        settings: { objects: { kind: 's3' } },
        objects: createS3Store(options),
      })
      const evidence = await started.collect({ url: `${started.edge.url}/a/` })
      return { evidence, s3, ...started }
    }

    test('the same by its ETag, weak or not', async () => {
      const { evidence, origin } = await bucket(() => html('x', { etag: `W/"${md5('<p>new')}"` }), '<p>new')
      expect(evidence.origin).toMatchObject({ basis: 's3', sameAsEdge: true, hash: null, tags: ['home'] })
      expect(origin?.requests).toEqual([])
    })

    test('another one by its ETag', async () => {
      const { evidence } = await bucket(() => html('<p>old', { etag: `"${md5('<p>old')}"` }), '<p>new')
      expect(evidence.origin).toMatchObject({ basis: 's3', sameAsEdge: false })
    })

    test('the same, or another one, by its MD5 where the edge gives no ETag', async () => {
      expect((await bucket(() => html('<p>new'), '<p>new')).evidence.origin).toMatchObject({ sameAsEdge: true })
      const earlier = { 'last-modified': 'Thu, 05 Nov 2026 11:00:00 GMT' }
      expect((await bucket(() => html('<p>old', earlier), '<p>new')).evidence.origin).toMatchObject({ sameAsEdge: false })
      expect((await bucket(() => html('<p>changed on the way'), '<p>new')).evidence.origin).toMatchObject({ sameAsEdge: null })
    })

    test('not proven either way when it came in parts', async () => {
      const { evidence } = await bucket(() => html('<p>new', { etag: `"${md5('<p>new')}"` }), '<p>new', {
        etag: '"0123456789abcdef0123456789abcdef-2"',
      })
      expect(evidence.origin).toMatchObject({ basis: 's3', sameAsEdge: null })
    })

    test('and when it may not be read, that is a gap and the origin is asked', async () => {
      const { evidence } = await bucket(() => html('<p>new'), '<p>new', { accessKeyId: 'AKIAOTHER' })
      expect(evidence.gaps.join(' ')).toContain('s3:GetObject')
      expect(evidence.origin).toMatchObject({ basis: 'none', why: expect.stringContaining('403') })
    })
  })
})

test('without a site, or without the permission, the policy is a gap in words', async () => {
  const { edge, site, collect } = await world(() => html('<p>x'), null)
  expect((await collect({ url: `${edge.url}/a` })).policyGap).toContain('as the headers claim')
  const distribution = {
    behaviours: [{ pattern: '*', policy: null }],
    gaps: ['cloudfront:GetCachePolicy is not allowed.'],
    capabilities: {},
  }
  site.db.raw.prepare('UPDATE sites SET edge_json = ?').run(JSON.stringify(distribution))
  expect(await collect({ url: `${edge.url}/a` })).toMatchObject({
    policy: null,
    policyGap: 'cloudfront:GetCachePolicy is not allowed. Lifetimes are as the headers claim.',
  })
  const ttl = { minTtlSeconds: 0, defaultTtlSeconds: 60, maxTtlSeconds: 60, errorTtlSeconds: {} }
  const read = { ...distribution, behaviours: [{ pattern: '/a*', policy: ttl }] }
  site.db.raw.prepare('UPDATE sites SET edge_json = ?').run(JSON.stringify(read))
  expect(await collect({ url: `${edge.url}/a` })).toMatchObject({ policy: { pattern: '/a*', ttl }, policyGap: null })
})
