import { describe, expect, test } from 'vitest'
import { readCacheAnswer, type CacheState } from '#shared/http-cache/cache-answer.ts'
import { hopsOf, readLines as read } from './header-lines.ts'

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
    const headers: readonly (readonly [string, string])[] = [
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
