import { describe, expect, test } from 'vitest'
import type { CacheState } from '#shared/http-cache/cache-answer.ts'
import { hopsOf, readLines as read } from './header-lines.ts'

describe('CloudFront', () => {
  const told = (mark: string) =>
    read(`
      x-cache: ${mark}
      via: 1.1 0123abcd.cloudfront.net (CloudFront)
      x-amz-cf-pop: FRA56-P3
      x-amz-cf-id: a1b2`)

  test.each<[string, CacheState]>([
    ['Hit from cloudfront', 'hit'],
    ['RefreshHit from cloudfront', 'revalidated'],
    ['OriginShieldHit from cloudfront', 'hit'],
    ['Miss from cloudfront', 'miss'],
    ['Error from cloudfront', 'error'],
    ['LimitExceeded from cloudfront', 'error'],
    ['LambdaGeneratedResponse from cloudfront', 'bypass'],
    ['FunctionGeneratedResponse from cloudfront', 'bypass'],
    ['Redirect from cloudfront', 'bypass'],
    ['SomethingNew from cloudfront', 'unknown'],
  ])('"%s" is %s', (mark, state) => {
    expect(told(mark)).toMatchObject({ vendor: 'cloudfront', state, vantage: 'FRA56', shield: null })
  })

  test('names the regional cache or the shield that had the copy, where Server-Timing tells it', () => {
    const answer = read(`
      x-cache: Miss from cloudfront
      x-amz-cf-pop: FRA56-P3
      server-timing: cdn-upstream-layer;desc="REC",cdn-cache-miss,cdn-hit-layer;desc="Origin Shield",cdn-pop;desc="FRA56-P3"`)
    expect(hopsOf(answer)).toEqual([
      ['cloudfront', 'Origin Shield', 'hit'],
      ['cloudfront', 'FRA56-P3', 'miss'],
    ])
    expect(answer.shield).toBe('Origin Shield')
  })

  test('without its marker is known by its location, and the state by Age', () => {
    expect(read('x-amz-cf-pop: FRA56-P3\nage: 7')).toMatchObject({ vendor: 'cloudfront', state: 'hit', ageSeconds: 7 })
    expect(read('x-amz-cf-pop: FRA56-P3')).toMatchObject({ vendor: 'cloudfront', state: 'unknown', hops: [] })
  })

  test('that also writes Cache-Status is one cache, which says more', () => {
    const answer = read(`
      x-cache: Hit from cloudfront
      x-amz-cf-pop: FRA56-P1
      cache-status: FRA56-P1; hit; fwd=stale; ttl=-4
      age: 64`)
    expect(answer.hops).toHaveLength(1)
    expect(answer).toMatchObject({ state: 'stale', hops: [{ vendor: 'cloudfront', ttlSeconds: -4, forwardReason: 'stale' }] })
    expect(answer.oddities).toEqual([])
  })

  test('is the nearest when nginx stands behind it', () => {
    const answer = read(`
      server: nginx
      x-cache-status: HIT
      x-cache: Miss from cloudfront
      via: 1.1 0123abcd.cloudfront.net (CloudFront)`)
    expect(hopsOf(answer)).toEqual([
      ['nginx', null, 'hit'],
      ['cloudfront', null, 'miss'],
    ])
  })
})

describe('Netlify', () => {
  const edge = (status: string) => read(`server: Netlify\nx-nf-request-id: 01J\ncache-status: ${status}`)

  test.each<[string, CacheState]>([
    ['"Netlify Edge"; hit', 'hit'],
    ['"Netlify Edge"; hit; fwd=stale', 'stale'],
    ['"Netlify Edge"; fwd=stale', 'miss'],
    ['"Netlify Edge"; fwd=stale; fwd-status=304', 'revalidated'],
    ['"Netlify Edge"; fwd=miss', 'miss'],
    ['"Netlify Edge"; fwd=vary-miss', 'miss'],
    ['"Netlify Edge"; fwd=bypass', 'bypass'],
    ['"Netlify Edge"; hit=?0; fwd=uri-miss', 'miss'],
  ])('%s is %s', (status, state) => {
    expect(edge(status)).toMatchObject({ vendor: 'netlify', state })
  })

  test.each([
    ['in one field', '"Netlify Durable"; hit; ttl=-20; stored=true, "Netlify Edge"; fwd=miss'],
    ['in the other order', '"Netlify Edge"; fwd=miss, "Netlify Durable"; hit; ttl=-20; stored=true'],
    ['in two fields', '"Netlify Edge"; fwd=miss\ncache-status: "Netlify Durable"; hit; ttl=-20; stored=true'],
  ])('tells of its two caches %s, the edge nearest', (_how, status) => {
    const answer = edge(status)
    expect(hopsOf(answer)).toEqual([
      ['netlify', 'Netlify Durable', 'stale'],
      ['netlify', 'Netlify Edge', 'miss'],
    ])
    expect(answer.hops[0]).toMatchObject({ ttlSeconds: -20, stored: true })
  })
})

describe('Vercel, Next.js and Cloudflare', () => {
  test.each<[string, CacheState]>([
    ['HIT', 'hit'],
    ['PRERENDER', 'hit'],
    ['STALE', 'stale'],
    ['REVALIDATED', 'revalidated'],
    ['MISS', 'miss'],
    ['BYPASS', 'bypass'],
  ])('x-vercel-cache: %s is %s', (word, state) => {
    const answer = read(`server: Vercel\nx-vercel-cache: ${word}\nx-vercel-id: fra1::iad1::x7k-1\nage: 3`)
    expect(answer).toMatchObject({ vendor: 'vercel', state, vantage: 'fra1' })
  })

  test.each<[string, CacheState]>([
    ['HIT', 'hit'],
    ['STALE', 'stale'],
    ['MISS', 'miss'],
    ['REVALIDATED', 'revalidated'],
  ])('x-nextjs-cache: %s is %s', (word, state) => {
    const answer = read(`x-powered-by: Next.js\nx-nextjs-cache: ${word}\nx-nextjs-deployment-id: dpl_1`)
    expect(answer).toMatchObject({ vendor: 'next', state, deployId: 'dpl_1' })
  })

  test('a Next.js server writes no Age, so somebody before it did', () => {
    expect(hopsOf(read('x-nextjs-cache: MISS\nage: 60'))).toEqual([
      ['next', null, 'miss'],
      ['unknown', null, 'hit'],
    ])
  })

  test.each<[string, CacheState]>([
    ['HIT', 'hit'],
    ['STALE', 'stale'],
    ['UPDATING', 'stale'],
    ['REVALIDATED', 'revalidated'],
    ['MISS', 'miss'],
    ['EXPIRED', 'miss'],
    ['BYPASS', 'bypass'],
    ['DYNAMIC', 'bypass'],
    ['NONE/UNKNOWN', 'bypass'],
  ])('cf-cache-status: %s is %s', (word, state) => {
    expect(read(`server: cloudflare\ncf-cache-status: ${word}\ncf-ray: 8f1b2c3d4e5f6a7b-FRA`)).toMatchObject({
      vendor: 'cloudflare',
      state,
      vantage: 'FRA',
    })
  })

  test('Cloudflare before Vercel is the nearest, and lets it pass', () => {
    const answer = read('cf-cache-status: DYNAMIC\ncf-ray: 8f1b-FRA\nx-vercel-cache: HIT\nx-vercel-id: fra1::a\nage: 90')
    expect(hopsOf(answer)).toEqual([
      ['vercel', null, 'hit'],
      ['cloudflare', null, 'bypass'],
    ])
    expect(answer.oddities).toEqual([])
  })
})

describe('Fastly', () => {
  test('lists the shield first and the edge last, with their names and counts', () => {
    const answer = read(`
      via: 1.1 varnish, 1.1 varnish
      x-served-by: cache-iad-kiad7000071-IAD, cache-fra-etou8220029-FRA
      x-cache: MISS, HIT
      x-cache-hits: 0, 3
      x-timer: S1700000000.1,VS0,VE1
      age: 12`)
    expect(answer).toMatchObject({ vendor: 'fastly', state: 'hit', vantage: 'FRA', shield: 'IAD', oddities: [] })
    expect(answer.hops).toMatchObject([
      { name: 'cache-iad-kiad7000071-IAD', state: 'miss', hits: 0 },
      { name: 'cache-fra-etou8220029-FRA', state: 'hit', hits: 3 },
    ])
  })

  test('takes the names from elsewhere only when the lists are as long', () => {
    const answer = read('x-served-by: cache-fra-etou8220029-FRA\nx-cache: HIT, MISS')
    expect(answer.hops).toMatchObject([
      { name: null, state: 'hit' },
      { name: null, state: 'miss' },
    ])
  })
})
