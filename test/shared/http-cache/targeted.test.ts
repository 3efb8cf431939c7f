import { describe, expect, test } from 'vitest'
import type { CacheVendor } from '#shared/http-cache/cache-answer.ts'
import { lifetime } from '#shared/http-cache/lifetime.ts'

const NOW = Date.parse('Thu, 05 Nov 2026 12:00:00 GMT')
const life = (vendor: CacheVendor, headers: Readonly<Record<string, string>>) =>
  lifetime(
    200,
    {
      cacheControl: headers['cache-control'],
      expires: headers['expires'],
      targeted: { vendor, get: (name) => headers[name] },
    },
    null,
    NOW,
  )

const ALL = {
  'netlify-cdn-cache-control': 'max-age=11, durable',
  'vercel-cdn-cache-control': 'max-age=12',
  'cloudflare-cdn-cache-control': 'max-age=13',
  'cdn-cache-control': 'max-age=20, stale-while-revalidate=5',
  'surrogate-control': 'max-age=30',
  'cache-control': 'max-age=40',
}

describe('Fields for caches alone', () => {
  test.each<[CacheVendor, number, string]>([
    ['netlify', 11, 'max-age=11 in netlify-cdn-cache-control'],
    ['vercel', 12, 'max-age=12 in vercel-cdn-cache-control'],
    ['cloudflare', 13, 'max-age=13 in cloudflare-cdn-cache-control'],
    ['fastly', 20, 'max-age=20 in cdn-cache-control'],
    ['unknown', 20, 'max-age=20 in cdn-cache-control'],
    ['cloudfront', 40, 'max-age=40'],
    ['varnish', 40, 'max-age=40'],
    ['nginx', 40, 'max-age=40'],
  ])('%s keeps it %i s', (vendor, lifetimeSeconds, rule) => {
    expect(life(vendor, ALL)).toMatchObject({ lifetimeSeconds, rule })
  })

  test('take the place of Cache-Control as a whole, Expires included', () => {
    expect(life('unknown', { 'cache-control': 'no-store', 'cdn-cache-control': 'max-age=20, stale-if-error=7' })).toMatchObject({
      lifetimeSeconds: 20,
      staleWhileRevalidateSeconds: 0,
      staleIfErrorSeconds: 7,
    })
    expect(life('unknown', { 'cdn-cache-control': 'no-store', 'cache-control': 'max-age=40' })).toMatchObject({
      asksAlways: true,
      rule: 'no-store in cdn-cache-control',
    })
    const expires = 'Thu, 05 Nov 2026 13:00:00 GMT'
    expect(life('unknown', { 'cdn-cache-control': 'must-revalidate', expires })).toMatchObject({ lifetimeSeconds: 0 })
  })

  test.each(['Max-Age=20', 'max-age=20,', '', 'max-age="20"', 'max-age=-20'])('count as absent when they are %j', (value) => {
    expect(life('unknown', { 'cdn-cache-control': value, 'cache-control': 'max-age=40' })).toMatchObject({ lifetimeSeconds: 40 })
  })

  test('the last value of a directive counts in them', () => {
    expect(life('unknown', { 'cdn-cache-control': 'max-age=1, max-age=20' })).toMatchObject({ lifetimeSeconds: 20 })
  })

  test('Surrogate-Control counts at Fastly, with its own way of writing stale time', () => {
    const headers = { 'surrogate-control': 'max-age=3600+600, content="ESI/1.0"', 'cache-control': 'max-age=40' }
    expect(life('fastly', headers)).toMatchObject({ lifetimeSeconds: 3_600, staleWhileRevalidateSeconds: 600 })
    expect(life('squid', headers)).toMatchObject({ lifetimeSeconds: 40 })
    expect(life('fastly', { ...headers, 'surrogate-control': 'content="ESI/1.0"' })).toMatchObject({ lifetimeSeconds: 40 })
  })
})

describe('A lifetime', () => {
  test('tells stale-if-error, immutable and a guess', () => {
    const told = life('unknown', { 'cache-control': 'max-age=60, stale-if-error=86400, immutable' })
    expect(told).toMatchObject({ staleIfErrorSeconds: 86_400, immutable: true, heuristic: false })
    const strict = life('unknown', { 'cache-control': 'max-age=60, stale-if-error=86400, must-revalidate' })
    expect(strict).toMatchObject({ staleIfErrorSeconds: 0, immutable: false })
    expect(lifetime(200, { lastModified: 'Thu, 05 Nov 2026 02:00:00 GMT' }, null, NOW)).toMatchObject({
      lifetimeSeconds: 3_600,
      heuristic: true,
    })
  })
})
