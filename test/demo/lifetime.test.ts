import { describe, expect, test } from 'vitest'
import { lifetimeOf } from '../../demo/edge/lifetime.ts'

const bounds = { minTtlSeconds: 0, defaultTtlSeconds: 86_400, maxTtlSeconds: 31_536_000 }
const ttl = (cacheControl: string | null, status = 200, limits = bounds, errorTtl = 10, more = {}): number | null =>
  lifetimeOf(status, { ...(cacheControl === null ? {} : { 'cache-control': cacheControl }), ...more }, limits, errorTtl)
    ?.ttlSeconds ?? null

describe('how long the edge keeps a response', () => {
  test.each([
    ['max-age=60', 60],
    ['max-age=60, s-maxage=7', 7],
    ['public, s-maxage="9"', 9],
    ['MAX-AGE=60', 60],
    ['max-age=99999999', 31_536_000],
    [null, 86_400],
    ['public', 86_400],
    ['max-age=0', 0],
    ['no-store', null],
    ['no-cache', null],
    ['private, max-age=60', null],
  ])('%s: %s s', (cacheControl, expected) => {
    expect(ttl(cacheControl)).toBe(expected)
  })

  test('Expires counts from Date, and an unreadable one has passed', () => {
    const date = 'Sat, 21 Nov 2026 10:00:00 GMT'
    expect(ttl(null, 200, bounds, 10, { date, expires: 'Sat, 21 Nov 2026 10:05:00 GMT' })).toBe(300)
    expect(ttl(null, 200, bounds, 10, { date, expires: '0' })).toBe(0)
    expect(ttl('max-age=5', 200, bounds, 10, { date, expires: 'Sat, 21 Nov 2026 10:05:00 GMT' })).toBe(5)
  })

  test('a minimum above zero lifts what is shorter and keeps no-store for the minimum', () => {
    const floor = { minTtlSeconds: 30, defaultTtlSeconds: 60, maxTtlSeconds: 100 }
    expect(ttl('max-age=5', 200, floor)).toBe(30)
    expect(ttl('max-age=500', 200, floor)).toBe(100)
    expect(ttl(null, 200, floor)).toBe(60)
    expect(ttl('no-store', 200, floor)).toBe(30)
    expect(ttl('private, max-age=90', 200, floor)).toBe(30)
  })

  test('errors are kept for at least the error minimum, some only on request', () => {
    expect(ttl(null, 502)).toBe(10)
    expect(ttl('max-age=90', 404, bounds, 10)).toBe(90)
    expect(ttl('max-age=90', 404, bounds, 300)).toBe(300)
    expect(ttl(null, 403)).toBeNull()
    expect(ttl('max-age=20', 403)).toBe(20)
    expect(ttl('max-age=20', 418)).toBeNull()
  })
})
