import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ask,
  control,
  originCursor,
  originRequests,
  startFixture,
  until,
  visit,
  visitSecondPop,
  type Fixture,
} from './demo-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.end())

const advance = (advanceSeconds: number): Promise<unknown> => control(fixture, '/api/clock', { advanceSeconds })

describe('a stored copy', () => {
  test('is answered without the origin, with its age and the origin’s headers', async () => {
    await visit(fixture, '/about/delivery')
    const cursor = await originCursor(fixture)
    await advance(100)
    const reply = await visit(fixture, '/about/delivery')
    expect(reply.headers['x-cache']).toBe('Hit from cloudfront')
    expect(Number(reply.headers.age)).toBeGreaterThanOrEqual(100)
    expect(reply.headers['cache-control']).toBe('public, max-age=0, s-maxage=86400')
    expect(reply.headers['x-amz-meta-cache-tag']).toBe('pb-menu:main-menu,pb-menu:footer')
    expect(reply.headers['x-amz-cf-pop']).toBe('FRA56')
    expect(reply.headers.via).toBe('1.1 demo.cloudfront.net (CloudFront)')
    expect(reply.headers['cache-status']).toMatch(/^FRA56;hit;ttl=\d+$/)
    expect(await originRequests(fixture, '/about/delivery', cursor)).toBe(0)
  })

  test('is confirmed by the origin after its lifetime', async () => {
    const first = await visit(fixture, '/flash-offer')
    await advance(4)
    const cursor = await originCursor(fixture)
    const reply = await visit(fixture, '/flash-offer')
    expect(reply.headers['x-cache']).toBe('RefreshHit from cloudfront')
    expect(reply.headers.age).toBeUndefined()
    expect(reply.headers['cache-status']).toContain('fwd=stale;fwd-status=304;stored')
    expect(reply.body).toBe(first.body)
    expect(reply.headers.etag).toBe(first.headers.etag)
    expect(await originRequests(fixture, '/flash-offer', cursor)).toBe(1)
  })

  test('is answered stale while it is refreshed in the background', async () => {
    await visit(fixture, '/now-freezing')
    await advance(30)
    const cursor = await originCursor(fixture)
    const stale = await visit(fixture, '/now-freezing')
    expect(stale.headers['x-cache']).toBe('Hit from cloudfront')
    expect(Number(stale.headers.age)).toBeGreaterThanOrEqual(30)
    await until(
      () => originRequests(fixture, '/now-freezing', cursor),
      (count) => count === 1,
    )
    const after = await until(
      () => visit(fixture, '/now-freezing'),
      ({ headers }) => Number(headers.age) < 2,
    )
    expect(after.headers['x-cache']).toBe('Hit from cloudfront')
  })

  test('is not answered beyond its stale-while-revalidate window', async () => {
    await visit(fixture, '/now-freezing')
    await advance(3_700)
    const reply = await visit(fixture, '/now-freezing')
    expect(reply.headers['x-cache']).toBe('RefreshHit from cloudfront')
  })

  test('answers a conditional request with 304', async () => {
    const whole = await visit(fixture, '/about/ingredients')
    const reply = await visit(fixture, '/about/ingredients', { headers: { 'if-none-match': String(whole.headers.etag) } })
    expect(reply.status).toBe(304)
    expect(reply.body).toBe('')
    expect(reply.headers.etag).toBe(whole.headers.etag)
    expect(reply.headers['x-cache']).toBe('Hit from cloudfront')
  })

  test('answers HEAD, while HEAD without a copy leaves none behind', async () => {
    const path = '/gifts/garden-basket'
    const options = { host: fixture.giftsHost }
    const miss = await visit(fixture, path, { ...options, method: 'HEAD' })
    expect(miss.headers['x-cache']).toBe('Miss from cloudfront')
    expect(Number(miss.headers['content-length'])).toBeGreaterThan(500)
    expect((await visit(fixture, path, options)).headers['x-cache']).toBe('Miss from cloudfront')
    const hit = await visit(fixture, path, { ...options, method: 'HEAD' })
    expect(hit.headers['x-cache']).toBe('Hit from cloudfront')
    expect(hit.body).toBe('')
  })

  test('belongs to one PoP and one zone', async () => {
    const path = '/about'
    await visit(fixture, path)
    expect((await visitSecondPop(fixture, path)).headers['x-cache']).toBe('Miss from cloudfront')
    const gifts = await visitSecondPop(fixture, path, { host: fixture.giftsHost })
    expect(gifts.headers['x-cache']).toBe('Miss from cloudfront')
    expect(gifts.body).toContain('About the shop')
    expect((await visitSecondPop(fixture, path)).headers['x-amz-cf-pop']).toBe('LHR61')
  })
})

describe('what is kept', () => {
  test('no-store is asked for every time', async () => {
    const cursor = await originCursor(fixture)
    for (let round = 0; round < 2; round += 1) {
      expect((await visit(fixture, '/account')).headers['x-cache']).toBe('Miss from cloudfront')
    }
    expect(await originRequests(fixture, '/account', cursor)).toBe(2)
  })

  test('a minimum TTL keeps even no-store', async () => {
    await advance(60)
    await visit(fixture, '/prizes')
    const kept = await visit(fixture, '/prizes')
    expect(kept.headers['cache-control']).toBe('no-store')
    expect(kept.headers['x-cache']).toBe('Hit from cloudfront')
    await advance(31)
    expect((await visit(fixture, '/prizes')).headers['x-cache']).toBe('Miss from cloudfront')
  })

  test('an object above 256 KB passes through', async () => {
    const cursor = await originCursor(fixture)
    for (let round = 0; round < 2; round += 1) {
      const reply = await visit(fixture, '/lists/everything')
      expect(reply.headers['x-cache']).toBe('Miss from cloudfront')
      expect(Buffer.byteLength(reply.body)).toBeGreaterThan(256 * 1024)
    }
    expect(await originRequests(fixture, '/lists/everything', cursor)).toBe(2)
  })

  test('a 404 is kept for 300 seconds', async () => {
    const path = '/flavours/nothing'
    expect((await visit(fixture, path)).status).toBe(404)
    await advance(290)
    const kept = await visit(fixture, path)
    expect(kept.headers['x-cache']).toBe('Error from cloudfront')
    expect(Number(kept.headers.age)).toBeGreaterThanOrEqual(290)
    await advance(11)
    const again = await visit(fixture, path)
    expect(again.headers.age).toBeUndefined()
  })

  test('the default behaviour ignores the query, search keeps one copy for each query and language', async () => {
    await visit(fixture, '/about?from=letter')
    expect((await visit(fixture, '/about?from=poster')).headers['x-cache']).toBe('Hit from cloudfront')
    await visit(fixture, '/search?q=cola')
    expect((await visit(fixture, '/search?q=cola')).headers['x-cache']).toBe('Hit from cloudfront')
    expect((await visit(fixture, '/search?q=lime')).headers['x-cache']).toBe('Miss from cloudfront')
    expect((await visit(fixture, '/search?q=cola', { headers: { 'accept-language': 'de' } })).headers['x-cache']).toBe(
      'Miss from cloudfront',
    )
  })

  test('concurrent requests for one key reach the origin once', async () => {
    const cursor = await originCursor(fixture)
    const path = '/gifts/office-jar'
    const options = { host: fixture.giftsHost }
    await visitSecondPop(fixture, '/', options)
    const replies = await Promise.all(Array.from({ length: 12 }, () => visitSecondPop(fixture, path, options)))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await originRequests(fixture, path, cursor)).toBe(1)
  })

  test('assets are kept for a year under their hash', async () => {
    const [, path] = /href="(\/assets\/[^"]+)"/.exec((await visit(fixture, '/')).body) ?? []
    const reply = await visit(fixture, String(path))
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(path).toContain(createHash('sha256').update(reply.body).digest('hex').slice(0, 10))
  })
})

describe('a host or an origin that is not there', () => {
  test('an unknown host is answered with 404 and not stored', async () => {
    const cursor = await originCursor(fixture)
    const reply = await ask(fixture.demo.urls.site, '/', { host: 'elsewhere.localhost' })
    expect(reply.status).toBe(404)
    expect(await originRequests(fixture, '/', cursor)).toBe(0)
    expect((await ask(fixture.demo.urls.site, '/', { host: 'elsewhere.localhost' })).headers.age).toBeUndefined()
  })

  test('without the origin, copies answer, misses say 502, and stale-if-error helps', async () => {
    await visit(fixture, '/')
    await visit(fixture, '/about/opening-hours')
    await control(fixture, '/api/origin', { running: false })
    try {
      expect((await visit(fixture, '/')).headers['x-cache']).toBe('Hit from cloudfront')
      const gone = await visit(fixture, '/old-lists/lemon')
      expect(gone.status).toBe(502)
      expect(gone.body).toContain('The origin cannot be reached.')
      await advance(5)
      expect(Number((await visit(fixture, '/old-lists/lemon')).headers.age)).toBeGreaterThanOrEqual(5)
      await advance(120)
      const stale = await visit(fixture, '/about/opening-hours')
      expect(stale.status).toBe(200)
      expect(stale.headers['cache-status']).toContain('detail=stale-if-error')
    } finally {
      await control(fixture, '/api/origin', { running: true })
    }
    await advance(11)
    expect((await visit(fixture, '/old-lists/lemon')).status).toBe(301)
  })
})
