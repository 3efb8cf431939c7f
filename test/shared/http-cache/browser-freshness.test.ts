import { describe, expect, test } from 'vitest'
import { browserFreshness, browserSentence } from '#shared/http-cache/browser-freshness.ts'

const AT = Date.parse('2026-11-05T10:02:00Z')
const DATE = new Date(AT).toUTCString()
const clock = (atMs: number) => new Date(atMs).toISOString().slice(11, 16)
const fresh = (headers: Readonly<Record<string, string>>, ageSeconds: number | null = null, status = 200) =>
  browserFreshness(Object.entries(headers), AT, ageSeconds, status)
const told = (...given: Parameters<typeof fresh>) => browserSentence(fresh(...given), AT, clock)

describe('A visitor’s browser', () => {
  test('keeps the copy for max-age, whatever is purged', () => {
    expect(fresh({ 'cache-control': 'max-age=3600, s-maxage=60' })).toEqual({
      use: 'keeps',
      lifetimeSeconds: 3_600,
      keepsSeconds: 3_600,
      untilMs: AT + 3_600_000,
      staleWhileRevalidateSeconds: 0,
      immutable: false,
      heuristic: false,
      rule: 'max-age=3600',
    })
    expect(told({ 'cache-control': 'max-age=3600' })).toBe(
      'A visitor who loaded it at 10:02 keeps the old copy until 11:02 whatever you purge (max-age=3600).',
    )
  })

  test('has used up what the copy aged at the edge', () => {
    expect(fresh({ 'cache-control': 'max-age=3600' }, 3_000)).toMatchObject({ lifetimeSeconds: 3_600, keepsSeconds: 600 })
    expect(fresh({ 'cache-control': 'max-age=60' }, 3_000)).toMatchObject({ use: 'asks-always', keepsSeconds: 0, untilMs: AT })
  })

  test('counts the age from Date where no cache told it', () => {
    const date = new Date(AT - 1_200_000).toUTCString()
    expect(fresh({ 'cache-control': 'max-age=3600', date })).toMatchObject({ keepsSeconds: 2_400 })
  })

  test('takes no notice of s-maxage and the fields for CDNs', () => {
    expect(fresh({ 'cache-control': 's-maxage=600', 'cdn-cache-control': 'max-age=600' })).toMatchObject({
      use: 'asks-always',
      heuristic: false,
      rule: 'no lifetime in the headers',
    })
  })

  test.each([
    ['no-store, max-age=600', 'nothing', 'no-store'],
    ['no-cache, max-age=600', 'asks-always', 'no-cache'],
    ['max-age=0, must-revalidate', 'asks-always', 'max-age=0'],
    ['private, max-age=600', 'keeps', 'max-age=600'],
  ])('under %j: %s', (cacheControl, use, rule) => {
    expect(fresh({ 'cache-control': cacheControl })).toMatchObject({ use, rule })
  })

  test('counts Expires from Date', () => {
    expect(fresh({ date: DATE, expires: new Date(AT + 90_000).toUTCString() })).toMatchObject({ keepsSeconds: 90 })
    expect(fresh({ date: DATE, expires: '0' })).toMatchObject({ use: 'asks-always', rule: 'Expires: 0' })
  })

  test('asks where the answer varies on everything, or an old sender forbids caching', () => {
    expect(fresh({ 'cache-control': 'max-age=600', vary: 'Accept-Encoding, *' })).toMatchObject({ use: 'asks-always' })
    expect(fresh({ pragma: 'no-cache', 'last-modified': 'Thu, 05 Nov 2020 02:00:00 GMT' })).toMatchObject({
      use: 'asks-always',
      rule: 'Pragma: no-cache',
    })
  })

  test('guesses where no header names a time, and the sentence says so', () => {
    const headers = { date: DATE, 'last-modified': new Date(AT - 36_000_000).toUTCString() }
    expect(fresh(headers)).toMatchObject({ use: 'keeps', keepsSeconds: 3_600, heuristic: true })
    expect(told(headers)).toMatch(/may keep the old copy until about 11:02 .* each browser guesses/)
    expect(fresh(headers, null, 302)).toMatchObject({ use: 'asks-always', heuristic: false })
  })

  test('keeps a permanent redirect without a time as good as for ever', () => {
    expect(fresh({ date: DATE }, null, 301)).toMatchObject({ use: 'keeps', heuristic: true, keepsSeconds: 2 ** 31 })
    expect(fresh({ date: DATE, 'cache-control': 'max-age=60' }, null, 301)).toMatchObject({ keepsSeconds: 60 })
  })

  test('may show the old copy once more, unless it must ask', () => {
    expect(told({ 'cache-control': 'max-age=0, stale-while-revalidate=600' })).toBe(
      'The browser of a visitor who loaded it at 10:02 asks again at each visit (max-age=0). It may show the old copy once more while it asks.',
    )
    expect(fresh({ 'cache-control': 'max-age=0, stale-while-revalidate=600, must-revalidate' })).toMatchObject({
      staleWhileRevalidateSeconds: 0,
    })
  })

  test('does not even ask on reload for what is immutable', () => {
    expect(told({ 'cache-control': 'max-age=3600, immutable' })).toContain('Reloading does not help.')
    expect(fresh({ 'cache-control': 'immutable' })).toMatchObject({ immutable: false, use: 'asks-always' })
  })
})
