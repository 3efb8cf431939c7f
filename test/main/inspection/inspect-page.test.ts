import { hash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import { httpInspector } from '#main/inspection/http-inspector.ts'
import { inspectPage, type Observation } from '#main/inspection/inspect-page.ts'
import { createHttp, type Http } from '#main/platform/http.ts'
import { startSiteServer, type Seen, type Served, type SiteServer } from '../../support/site-server.ts'

let http: Http
const servers: SiteServer[] = []
beforeEach(() => {
  http = createHttp()
})
afterEach(async () => {
  await http.close()
  for (const server of servers.splice(0)) await server.stop()
})

async function serve(answer: (seen: Seen) => Served): Promise<SiteServer> {
  const server = await startSiteServer(answer)
  servers.push(server)
  http.allow(server.hostPort)
  return server
}

interface Around {
  policy?: EdgePolicy
  tagHeader?: string
  origin?: SiteServer
  originKnown?: boolean
  path?: string
}

async function look(edge: SiteServer, around: Around = {}): Promise<Observation> {
  const { get, originHash } = httpInspector(http)
  const path = around.path ?? '/page'
  const page = { id: 7, url: edge.url + path, path, originKnown: around.originKnown ?? false }
  return inspectPage(
    page,
    {
      get,
      policyFor: () => around.policy ?? null,
      tagHeader: around.tagHeader ?? null,
      originHash: async (asked, seen, signal) =>
        around.origin ? originHash(around.origin.url, asked, seen.header('etag'), seen.bodyHash, signal) : null,
    },
    AbortSignal.timeout(10_000),
  )
}

const html = { 'content-type': 'text/html' }
const sha = (text: string) => `sha256-${hash('sha256', text, 'hex')}`
/** The first answer of a path from the origin, every later one from the copy. */
const caching =
  (headers: Record<string, string> = {}) =>
  ({ before }: Seen): Served => ({
    headers: {
      ...html,
      'cache-control': 's-maxage=60',
      'x-amz-cf-pop': 'FRA56-P3',
      'x-cache': before === 0 ? 'Miss from cloudfront' : 'Hit from cloudfront',
      ...headers,
    },
    body: 'hello',
  })

describe('A page that the edge holds', () => {
  test('is asked for once; the lifetime counts from when the copy was made', async () => {
    const edge = await serve(() => ({
      headers: {
        ...html,
        'x-cache': 'Hit from cloudfront',
        age: '40',
        'cache-control': 'max-age=5, s-maxage=60, stale-while-revalidate=30',
        'x-amz-cf-pop': 'FRA56-P3',
      },
      body: 'hello',
    }))
    const seen = await look(edge)
    expect(edge.requests).toHaveLength(1)
    expect(seen).toMatchObject({
      pageId: 7,
      status: 200,
      stored: 'stored',
      ageSeconds: 40,
      edgeHash: sha('hello'),
      originHash: null,
      filledByCheck: false,
      vantage: 'FRA56',
      lifetimeRule: 's-maxage=60',
      lifetimeBasis: 'headers',
      firstAnswer: 'The edge answered from its copy (Hit from cloudfront, Age 40 s)',
    })
    expect(seen.copyMadeAtMs).toBe(seen.atMs - 40_000)
    expect(seen.freshUntilMs).toBe(seen.atMs + 20_000)
    expect(seen.staleUntilMs).toBe(seen.atMs + 50_000)
  })

  test('past its lifetime is known by its Age, whatever the marker says', async () => {
    const edge = await serve(() => ({
      headers: { ...html, 'x-cache': 'Hit from cloudfront', age: '90', 'cache-control': 's-maxage=60' },
    }))
    const seen = await look(edge)
    expect(seen.freshUntilMs).toBe(seen.atMs - 30_000)
  })

  test('that it has just confirmed is held', async () => {
    const edge = await serve(() => ({
      headers: { ...html, 'x-cache': 'RefreshHit from cloudfront', age: '0', 'cache-control': 's-maxage=60' },
    }))
    expect(await look(edge)).toMatchObject({ stored: 'stored', filledByCheck: false })
    expect(edge.requests).toHaveLength(1)
  })

  test('is known by Cache-Status too, the nearest cache last', async () => {
    const edge = await serve(() => ({
      headers: { ...html, 'cache-status': 'origin-shield; fwd=miss, Edge; hit; ttl=30', age: '3', 'cache-control': 'max-age=60' },
    }))
    expect(await look(edge)).toMatchObject({
      stored: 'stored',
      firstAnswer: expect.stringContaining('The edge answered from its copy'),
    })
    expect(edge.requests).toHaveLength(1)
  })

  test('is known by its Age alone', async () => {
    const edge = await serve(() => ({ headers: { ...html, age: '3', 'cache-control': 'max-age=60' } }))
    expect(await look(edge)).toMatchObject({ stored: 'stored', ageSeconds: 3 })
    expect(edge.requests).toHaveLength(1)
  })

  test('although the headers forbid it is held all the same', async () => {
    const edge = await serve(() => ({
      headers: { ...html, 'x-cache': 'Hit from cloudfront', age: '5', 'cache-control': 'no-store' },
    }))
    expect(
      await look(edge, { policy: { minTtlSeconds: 30, defaultTtlSeconds: 30, maxTtlSeconds: 30, errorTtlSeconds: {} } }),
    ).toMatchObject({ stored: 'stored', lifetimeBasis: 'edge-policy', lifetimeRule: expect.stringContaining('MinTTL') })
  })
})

describe('A page that the edge does not hold', () => {
  test('is asked for twice: our own check has stored it, and the first answer is kept', async () => {
    const edge = await serve(caching())
    expect(await look(edge)).toMatchObject({
      stored: 'stored',
      filledByCheck: true,
      firstAnswer: 'The edge held no copy (Miss from cloudfront)',
    })
    expect(edge.requests).toHaveLength(2)
  })

  test('and does not store is absent', async () => {
    const edge = await serve(caching({ 'x-cache': 'Miss from cloudfront' }))
    expect(await look(edge)).toMatchObject({ stored: 'not-stored', filledByCheck: false, freshUntilMs: null, staleUntilMs: null })
    expect(edge.requests).toHaveLength(2)
  })

  test.each(['no-store', 'no-cache', 'private', 'max-age=0'])(
    'and may not (%s) asks always, with one request',
    async (cacheControl) => {
      const edge = await serve(caching({ 'cache-control': cacheControl }))
      expect(await look(edge)).toMatchObject({
        stored: 'asks-always',
        filledByCheck: false,
        freshUntilMs: null,
        lifetimeRule: cacheControl,
      })
      expect(edge.requests).toHaveLength(1)
    },
  )
})

describe('An answer without any marker', () => {
  test('of this very second proves no store: an origin dates its answers so', async () => {
    const edge = await serve(() => ({ headers: { ...html, 'cache-control': 'max-age=60' }, body: 'same' }))
    expect(await look(edge)).toMatchObject({
      stored: 'not-stored',
      filledByCheck: false,
      firstAnswer: 'The answer does not say where it came from (no cache marker)',
    })
    expect(edge.requests).toHaveLength(2)
  })

  test('that comes twice with the same old date is from a store', async () => {
    const date = new Date(Date.now() - 30_000).toUTCString()
    const edge = await serve(() => ({ headers: { ...html, date, 'cache-control': 'max-age=60' }, body: 'same' }))
    expect(await look(edge)).toMatchObject({ stored: 'stored', filledByCheck: false })
  })

  test('with other bytes the second time is not', async () => {
    const date = new Date(Date.now() - 30_000).toUTCString()
    const edge = await serve(({ before }) => ({
      headers: { ...html, date, 'cache-control': 'max-age=60' },
      body: `no ${before}`,
    }))
    expect(await look(edge)).toMatchObject({ stored: 'not-stored' })
  })
})

describe('What is no page', () => {
  test('redirects are seen, not followed', async () => {
    const edge = await serve(caching({ location: 'http://elsewhere.example/' }))
    const redirect = await serve((seen) => ({ ...caching({ location: '/new' })(seen), status: 301 }))
    expect(await look(redirect)).toMatchObject({ status: 301, stored: 'stored' })
    expect(redirect.requests.map(({ path }) => path)).toEqual(['/page', '/page'])
    expect(edge.requests).toEqual([])
  })

  test.each([404, 500])(
    'status %i is seen, kept as long as the edge keeps errors, and the origin is not asked',
    async (status) => {
      const origin = await serve(() => ({ body: 'other' }))
      const edge = await serve((seen) => ({
        ...caching({ 'x-cache': seen.before === 0 ? 'Error from cloudfront' : 'Hit from cloudfront' })(seen),
        status,
      }))
      const seen = await look(edge, {
        origin,
        policy: { minTtlSeconds: 0, defaultTtlSeconds: 5, maxTtlSeconds: 5, errorTtlSeconds: { 404: 300 } },
      })
      expect(seen).toMatchObject({ status, stored: 'stored', filledByCheck: true, originHash: null })
      expect((seen.freshUntilMs ?? 0) - seen.atMs).toBe(status === 404 ? 300_000 : 60_000)
      expect(origin.requests).toEqual([])
    },
  )

  test('a picture has no tags in its bytes', async () => {
    const edge = await serve(() => ({
      headers: { 'content-type': 'image/png', 'x-cache': 'Hit from cloudfront' },
      body: '<ssr-cache data-class="x">',
    }))
    expect(await look(edge)).toMatchObject({ htmlTags: null, headerTags: null })
  })

  test('a site that is down throws a sentence', async () => {
    const edge = await serve(() => ({}))
    await edge.stop()
    await expect(look(edge)).rejects.toMatchObject({ code: 'UNREACHABLE', message: expect.stringContaining(edge.hostPort) })
  })
})

describe('Tags', () => {
  test('come from the HTML and from the header, each in its own list', async () => {
    const body =
      '<!doctype html><ssr-cache data-class="pb-menu" data-id="main-menu"></ssr-cache><p><ps-tag data-class="pb-list"/><ssr-cache data-class="PB-Menu" data-id="MAIN-menu"><ssr-cache data-id="no class">'
    const edge = await serve(() => ({ headers: { ...html, 'x-cache': 'Hit', 'X-Amz-Meta-Cache-Tag': 'a, b  c,,A' }, body }))
    expect(await look(edge, { tagHeader: 'x-amz-meta-cache-tag' })).toMatchObject({
      htmlTags: ['pb-menu:main-menu', 'pb-list'],
      headerTags: ['A', 'b', 'c'],
    })
  })

  test('that are gone are empty lists, not unknown', async () => {
    const edge = await serve(() => ({ headers: { ...html, 'x-cache': 'Hit' }, body: '<p>ssr-cache' }))
    expect(await look(edge, { tagHeader: 'x-tags' })).toMatchObject({ htmlTags: [], headerTags: [] })
  })
})

describe('The origin', () => {
  test('is asked with the host of the page, and its bytes are compared', async () => {
    const origin = await serve(() => ({ body: 'newer' }))
    const edge = await serve(caching())
    expect(await look(edge, { origin, path: '/a?b=1' })).toMatchObject({ edgeHash: sha('hello'), originHash: sha('newer') })
    expect(origin.requests[0]).toMatchObject({ path: '/a?b=1', headers: { host: edge.hostPort } })
  })

  test('may confirm the copy without sending it again', async () => {
    const origin = await serve(({ headers }) => (headers['if-none-match'] === '"v1"' ? { status: 304 } : { body: 'newer' }))
    const edge = await serve(caching({ etag: '"v1"' }))
    expect(await look(edge, { origin })).toMatchObject({ originHash: sha('hello') })
  })

  test('is not asked for a page whose bytes the live release names', async () => {
    const origin = await serve(() => ({ body: 'newer' }))
    expect(await look(await serve(caching()), { origin, originKnown: true })).toMatchObject({ originHash: null })
    expect(origin.requests).toEqual([])
  })

  test('that is down, or answers with an error, leaves the page not compared', async () => {
    const edge = await serve(caching())
    expect(await look(edge, { origin: await serve(() => ({ status: 500 })) })).toMatchObject({
      originHash: null,
      stored: 'stored',
    })
    const down = await serve(() => ({}))
    await down.stop()
    expect(await look(edge, { origin: down })).toMatchObject({ originHash: null, stored: 'stored' })
  })

  test('is never another host, however a path begins', async () => {
    const other = await serve(() => ({ body: 'secret' }))
    const origin = await serve(() => ({ body: 'hello' }))
    for (const path of [`//${other.hostPort}/x`, '//', '/\\elsewhere']) {
      expect(await look(await serve(caching()), { origin, path })).toMatchObject({ originHash: sha('hello') })
    }
    expect(other.requests).toEqual([])
  })
})

test('Cookies are kept by name only, and header fields that say nothing of caching not at all', async () => {
  const edge = await serve(() => ({
    headers: { ...html, 'x-cache': 'Hit', 'set-cookie': 'session=geheim; Path=/', 'x-powered-by': 'PHP', etag: '"v1"' },
  }))
  const { headers } = await look(edge)
  expect(headers).toEqual(
    expect.arrayContaining([
      ['set-cookie', 'session=…'],
      ['etag', '"v1"'],
      ['x-cache', 'Hit'],
    ]),
  )
  expect(JSON.stringify(headers)).not.toMatch(/geheim|powered/)
})
