import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_ERROR_TTL_SECONDS, lifetime, type EdgePolicy, type LifetimeHeaders } from '#shared/http-cache/lifetime.ts'

const NOW = Date.parse('Thu, 05 Nov 2026 12:00:00 GMT')
const DATE = 'Thu, 05 Nov 2026 12:00:00 GMT'
const DAY = 86_400
const YEAR = 31_536_000
/** The limits of CloudFront's own CachingOptimized, and ones that keep even no-store. */
const OPTIMIZED: EdgePolicy = { minTtlSeconds: 1, defaultTtlSeconds: DAY, maxTtlSeconds: YEAR, errorTtlSeconds: {} }
const OPEN: EdgePolicy = { minTtlSeconds: 0, defaultTtlSeconds: DAY, maxTtlSeconds: YEAR, errorTtlSeconds: { 404: 300, 503: 0 } }
const NARROW: EdgePolicy = { minTtlSeconds: 30, defaultTtlSeconds: 60, maxTtlSeconds: 3_600, errorTtlSeconds: {} }

type Row = [name: string, status: number, headers: LifetimeHeaders, seconds: number]

describe('Without a policy the headers are taken at their word', () => {
  test.each<Row>([
    ['s-maxage before max-age', 200, { cacheControl: 'public, max-age=0, s-maxage=600' }, 600],
    ['max-age before Expires', 200, { cacheControl: 'max-age=60', expires: 'Thu, 05 Nov 2026 13:00:00 GMT', date: DATE }, 60],
    ['max-age=0 asks always', 200, { cacheControl: 'max-age=0, must-revalidate' }, 0],
    ['Expires counts from Date', 200, { expires: 'Thu, 05 Nov 2026 13:00:00 GMT', date: 'Thu, 05 Nov 2026 12:30:00 GMT' }, 1_800],
    ['Expires counts from now when Date is missing', 200, { expires: 'Thu, 05 Nov 2026 13:00:00 GMT' }, 3_600],
    [
      'Expires counts from now when Date is unreadable',
      200,
      { expires: 'Thu, 05 Nov 2026 13:00:00 GMT', date: 'yesterday' },
      3_600,
    ],
    ['Expires in RFC 850 form', 200, { expires: 'Thursday, 05-Nov-26 13:00:00 GMT', date: DATE }, 3_600],
    ['Expires in asctime form', 200, { expires: 'Thu Nov  5 13:00:00 2026', date: DATE }, 3_600],
    ['Expires in the past', 200, { expires: 'Thu, 01 Jan 1970 00:00:00 GMT', date: DATE }, 0],
    ['Expires: 0', 200, { expires: '0', date: DATE }, 0],
    ['Expires: -1', 200, { expires: '-1', date: DATE }, 0],
    ['Expires: 3600 is no date, not the year 3600', 200, { expires: '3600', date: DATE }, 0],
    ['Expires: "in an hour"', 200, { expires: 'in an hour', date: DATE }, 0],
    ['Expires on the 32nd', 200, { expires: 'Thu, 32 Nov 2026 13:00:00 GMT', date: DATE }, 0],
    ['a tenth of the time since Last-Modified', 200, { lastModified: 'Thu, 05 Nov 2026 02:00:00 GMT', date: DATE }, 3_600],
    ['a guess is a day at most', 200, { lastModified: 'Thu, 05 Nov 2020 02:00:00 GMT', date: DATE }, DAY],
    ['a Last-Modified in the future guesses nothing', 200, { lastModified: 'Fri, 06 Nov 2026 02:00:00 GMT', date: DATE }, 0],
    ['no guess for a status that may not be guessed', 302, { lastModified: 'Thu, 05 Nov 2020 02:00:00 GMT' }, 0],
    ['nothing at all', 200, {}, 0],
    ['a quoted comma hides no directive', 200, { cacheControl: 'private="no-store, x", s-maxage=9' }, 0],
    ['a directive inside quotes is none', 200, { cacheControl: 'ext="no-store", s-maxage=9' }, 9],
    ['an error with max-age', 404, { cacheControl: 'max-age=5' }, 5],
    ['a redirect with max-age', 301, { cacheControl: 'max-age=5' }, 5],
  ])('%s', (_name, status, headers, seconds) => {
    const found = lifetime(status, headers, null, NOW)
    expect(found).toMatchObject({ lifetimeSeconds: seconds, asksAlways: seconds === 0, basis: 'headers' })
  })

  test.each(['no-store', 'no-cache', 'private'])('%s asks always, and names itself', (directive) => {
    expect(lifetime(200, { cacheControl: `${directive}, s-maxage=600` }, null, NOW)).toMatchObject({
      lifetimeSeconds: 0,
      asksAlways: true,
      rule: directive,
    })
  })
})

describe('With a policy its limits decide', () => {
  test.each<[...Row, policy: EdgePolicy, rule: RegExp]>([
    ['between the limits the header counts', 200, { cacheControl: 's-maxage=600' }, 600, OPEN, /^s-maxage=600$/],
    ['below MinTTL', 200, { cacheControl: 's-maxage=5' }, 30, NARROW, /s-maxage=5, but .*MinTTL is 30 s/],
    ['above MaxTTL', 200, { cacheControl: 'max-age=2592000' }, 3_600, NARROW, /max-age=2592000, but .*MaxTTL is 3600 s/],
    ['Expires is held by the limits too', 200, { expires: 'Fri, 06 Nov 2026 12:00:00 GMT', date: DATE }, 3_600, NARROW, /MaxTTL/],
    ['max-age=0 with MinTTL 0 asks always', 200, { cacheControl: 'max-age=0' }, 0, OPEN, /^max-age=0$/],
    ['no header: DefaultTTL', 200, {}, 60, NARROW, /DefaultTTL, 60 s/],
    ['no header, DefaultTTL below MinTTL', 200, {}, 90, { ...NARROW, minTtlSeconds: 90 }, /90 s/],
    [
      'Last-Modified is no lifetime for CloudFront',
      200,
      { lastModified: 'Thu, 05 Nov 2020 02:00:00 GMT' },
      DAY,
      OPEN,
      /DefaultTTL/,
    ],
    ['no-store with MinTTL 0', 200, { cacheControl: 'no-store' }, 0, OPEN, /^no-store$/],
    [
      'no-store with MinTTL above 0 is kept',
      200,
      { cacheControl: 'no-store' },
      30,
      NARROW,
      /no-store, but .*MinTTL keeps it 30 s/,
    ],
    ['private with MinTTL above 0 is kept', 200, { cacheControl: 'private, max-age=600' }, 1, OPTIMIZED, /private, but .*MinTTL/],
    [
      'MaxTTL below MinTTL: MinTTL wins',
      200,
      { cacheControl: 'max-age=600' },
      90,
      { ...NARROW, minTtlSeconds: 90, maxTtlSeconds: 10 },
      /90 s/,
    ],
    ['an error is kept 10 s', 500, {}, DEFAULT_ERROR_TTL_SECONDS, OPEN, /status 500 .*10 s/],
    ['an error time of its own', 404, {}, 300, OPEN, /status 404 .*300 s/],
    ['an error with a longer header', 404, { cacheControl: 'max-age=900' }, 900, OPEN, /900 s/],
    ['an error with no-store is kept all the same', 500, { cacheControl: 'no-store' }, 10, OPEN, /10 s/],
    ['an error time of 0 asks always', 503, {}, 0, OPEN, /0 s/],
  ])('%s', (_name, status, headers, seconds, policy, rule) => {
    const found = lifetime(status, headers, policy, NOW)
    expect(found).toMatchObject({ lifetimeSeconds: seconds, asksAlways: seconds === 0, basis: 'edge-policy' })
    expect(found.rule).toMatch(rule)
  })

  test('a lifetime of a page lies within the limits, whatever the headers', () => {
    const seconds = fc.integer({ min: 0, max: 2 ** 31 })
    fc.assert(
      fc.property(seconds, seconds, seconds, fc.string(), fc.string(), (min, more, most, cacheControl, expires) => {
        const policy: EdgePolicy = {
          minTtlSeconds: min,
          defaultTtlSeconds: min + more,
          maxTtlSeconds: min + more + most,
          errorTtlSeconds: {},
        }
        const found = lifetime(200, { cacheControl, expires }, policy, NOW)
        expect(found.lifetimeSeconds).toBeGreaterThanOrEqual(min)
        expect(found.lifetimeSeconds).toBeLessThanOrEqual(policy.maxTtlSeconds)
      }),
    )
  })
})

describe('Stale while revalidating', () => {
  test.each<[string, number]>([
    ['s-maxage=60, stale-while-revalidate=600', 600],
    ['max-age=60', 0],
    ['max-age=60, stale-while-revalidate=soon', 0],
    ['max-age=60, stale-while-revalidate=600, must-revalidate', 0],
    ['max-age=60, stale-while-revalidate=600, proxy-revalidate', 0],
  ])('of %j is %i s', (cacheControl, seconds) => {
    expect(lifetime(200, { cacheControl }, OPEN, NOW).staleWhileRevalidateSeconds).toBe(seconds)
    expect(lifetime(200, { cacheControl }, null, NOW).staleWhileRevalidateSeconds).toBe(seconds)
  })
})
