import { describe, expect, test } from 'vitest'
import { readCacheAnswer, type CacheAnswer, type CacheState } from '#shared/http-cache/cache-answer.ts'

type Pairs = readonly (readonly [string, string])[]
const read = (text: string): CacheAnswer =>
  readCacheAnswer(
    text
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
      }),
  )
const hopsOf = ({ hops }: CacheAnswer) => hops.map(({ vendor, name, state }) => [vendor, name, state])

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

describe('Varnish, nginx, Squid and Akamai', () => {
  test('two numbers of X-Varnish are a hit, one is a fetch, whatever X-Cache says', () => {
    expect(read('x-varnish: 32770 3\nvia: 1.1 cache-01 (Varnish/7.5)\nage: 4')).toMatchObject({
      vendor: 'varnish',
      state: 'hit',
      hops: [{ name: 'cache-01' }],
    })
    expect(read('x-varnish: 32770\nvia: 1.1 varnish\nage: 0\nx-cache: HIT')).toMatchObject({ vendor: 'varnish', state: 'miss' })
  })

  test.each<[string, CacheState]>([
    ['HIT', 'hit'],
    ['MISS', 'miss'],
    ['EXPIRED', 'miss'],
    ['STALE', 'stale'],
    ['UPDATING', 'stale'],
    ['REVALIDATED', 'revalidated'],
    ['BYPASS', 'bypass'],
  ])('%s of nginx is %s under each of its usual names', (word, state) => {
    for (const name of ['X-Cache-Status', 'X-Proxy-Cache', 'X-Cache']) {
      expect(read(`Server: nginx/1.26\n${name}: ${word}`)).toMatchObject({ vendor: 'nginx', state })
    }
  })

  test('Squid names itself; the nearest is last', () => {
    const answer = read(`
      x-cache: HIT from parent01
      x-cache-lookup: HIT from parent01:3128
      x-cache: MISS from squid01
      x-cache-lookup: MISS from squid01:3128
      via: 1.1 parent01 (squid/5.7), 1.1 squid01 (squid/5.7)`)
    expect(hopsOf(answer)).toEqual([
      ['squid', 'parent01', 'hit'],
      ['squid', 'squid01', 'miss'],
    ])
  })

  test('Squid that also writes Cache-Status is one cache', () => {
    const answer = read(`
      cache-status: squid01;hit;detail=match
      x-cache: HIT from squid01
      via: 1.1 squid01 (squid/5.7)
      age: 9`)
    expect(hopsOf(answer)).toEqual([['squid', 'squid01', 'hit']])
  })

  test('a warning of a stale answer makes a hit stale', () => {
    expect(
      read('x-cache: HIT from squid01\nvia: 1.1 squid01 (squid/4.6)\nwarning: 111 squid01 "Revalidation failed"'),
    ).toMatchObject({ vendor: 'squid', state: 'stale' })
  })

  test.each<[string, CacheState]>([
    ['TCP_MEM_HIT', 'hit'],
    ['TCP_IMS_HIT', 'hit'],
    ['TCP_REFRESH_HIT', 'revalidated'],
    ['TCP_REFRESH_FAIL_HIT', 'stale'],
    ['TCP_REFRESH_MISS', 'miss'],
    ['TCP_EXPIRED_MISS', 'miss'],
    ['TCP_COOKIE_DENY', 'bypass'],
  ])('Akamai’s %s is %s', (word, state) => {
    const answer = read(`
      x-cache: ${word} from a69-174-50-208 (AkamaiGHost/5.7.2-5726413) (-)
      x-cache-remote: TCP_HIT from a23-67-252-148 (AkamaiGHost/5.7.2-5726413) (-)
      x-check-cacheable: YES`)
    expect(hopsOf(answer)).toEqual([
      ['akamai', 'a23-67-252-148', 'hit'],
      ['akamai', 'a69-174-50-208', state],
    ])
    expect(answer.hops[1]?.stored).toBe(true)
  })

  test('the same words of another vendor’s edge are not Akamai', () => {
    expect(read('x-cache: TCP_REMOTE_HIT\nx-azure-ref: 0abc')).toMatchObject({ vendor: 'unknown', state: 'hit' })
  })

  test('Via tells which of two stands before the other', () => {
    const two = 'x-varnish: 5 2\nx-cache: MISS from squid01'
    expect(hopsOf(read(`${two}\nvia: 1.1 squid01 (squid/5.7), 1.1 v (Varnish/7.5)`)).at(-1)?.[0]).toBe('varnish')
    expect(hopsOf(read(`${two}\nvia: 1.1 v (Varnish/7.5), 1.1 squid01 (squid/5.7)`)).at(-1)?.[0]).toBe('squid')
  })
})

describe('A cache of no known vendor', () => {
  test('is known by its Age alone', () => {
    expect(read('age: 3')).toMatchObject({ vendor: 'unknown', state: 'hit', ageSeconds: 3, hops: [{ evidence: 'age: 3' }] })
  })

  test('is believed in Cache-Status, in its order', () => {
    const answer = read('cache-status: shield; hit; ttl=30; collapsed, 10.0.0.7; fwd=uri-miss; stored')
    expect(answer.hops).toMatchObject([
      { name: 'shield', state: 'hit', ttlSeconds: 30, collapsed: true },
      { name: '10.0.0.7', state: 'miss', forwardReason: 'uri-miss', stored: true },
    ])
  })

  test('keeps what can be read of a Cache-Status with a broken part', () => {
    const answer = read('cache-status: "Edge, one"; hit, ;;broken')
    expect(hopsOf(answer)).toEqual([['unknown', 'Edge, one', 'hit']])
    expect(answer.oddities).toEqual(['Cache-Status has a part that cannot be read: ";;broken".'])
  })

  test('is believed in a bare X-Cache', () => {
    expect(read('x-cache: HIT from proxy.example')).toMatchObject({
      vendor: 'unknown',
      state: 'hit',
      hops: [{ name: 'proxy.example' }],
    })
    expect(read('x-cache: 7f3a')).toMatchObject({ state: 'unknown', hops: [] })
  })

  test('no header, no cache', () => {
    expect(readCacheAnswer([])).toEqual({
      vendor: 'unknown',
      state: 'unknown',
      hops: [],
      ageSeconds: null,
      vantage: null,
      shield: null,
      deployId: null,
      tagHeaders: [],
      oddities: [],
    })
  })
})

describe('Tags', () => {
  test('are read with each vendor’s separator, as written', () => {
    const headers: Pairs = [
      ['Cache-Tag', 'Menu, pb-menu:Lolly'],
      ['cache-tag', 'menu, Menu'],
      ['Surrogate-Key', 'a b,c  d'],
      ['xkey', 'k1, k2\tk3'],
    ]
    expect(readCacheAnswer(headers).tagHeaders).toEqual([
      { name: 'cache-tag', tags: ['Menu', 'pb-menu:Lolly', 'menu'] },
      { name: 'surrogate-key', tags: ['a', 'b,c', 'd'] },
      { name: 'xkey', tags: ['k1', 'k2', 'k3'] },
    ])
  })
})

describe('What is odd is said', () => {
  test.each([
    ['age: -5', 'Age is "-5", which is no age'],
    ['age: soon', 'Age is "soon"'],
    ['age: 5\nage: 90', 'age is there 2 times'],
    ['date: yesterday', 'Date is "yesterday", which is no date'],
    ['expires: never', 'Expires is "never"'],
    ['date: Thu, 05 Nov 2026 12:00:00 GMT\nlast-modified: Fri, 06 Nov 2026 12:00:00 GMT', 'Last-Modified is later than Date'],
    ['cache-control: max-age=60\ncache-control: max-age=600', 'max-age 2 times'],
    ['cache-control: no-store, s-maxage=60', 'both no-store and s-maxage'],
    ['cache-control: public, private', 'both public and private'],
    ['cache-control: max-age=1h', 'max-age="1h", which is no number'],
    ['cdn-cache-control: Max-Age=60', 'cdn-cache-control is not well formed'],
    ['x-cache: Miss from cloudfront\nage: 120', 'a cache behind it answered from a copy'],
    ['x-cache: Hit from cloudfront', 'the answer has no Age'],
    ['x-cache: Hit from cloudfront\nage: 3\nset-cookie: a=b', 'sets a cookie'],
    ['x-cache: HIT from s\nvia: 1.1 s (squid/5)\ncache-status: s;fwd=miss', 'contradicts itself'],
  ])('%j', (text, part) => {
    expect(read(text).oddities.join('\n')).toContain(part)
  })

  test.each(['expires: 0', 'expires: -1', 'age: 0\nx-varnish: 7', 'cache-control: max-age=0, no-store'])(
    '%j is usual',
    (text) => {
      expect(read(text).oddities).toEqual([])
    },
  )

  test('an Age that is none does not make a hit', () => {
    expect(read('age: -5')).toMatchObject({ state: 'unknown', ageSeconds: null, hops: [] })
  })
})
