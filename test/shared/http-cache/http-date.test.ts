import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseHttpDate } from '#shared/http-cache/http-date.ts'

const NOW = Date.UTC(2026, 10, 5, 12)

describe('An HTTP date', () => {
  test.each<[string, number | undefined]>([
    ['Sun, 06 Nov 1994 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Sunday, 06-Nov-94 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Sun Nov  6 08:49:37 1994', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Tue Nov 16 08:49:37 2077', Date.UTC(2077, 10, 16, 8, 49, 37)],
    ['Saturday, 06-Nov-76 08:49:37 GMT', Date.UTC(2076, 10, 6, 8, 49, 37)],
    ['Saturday, 06-Nov-77 08:49:37 GMT', Date.UTC(1977, 10, 6, 8, 49, 37)],
    [' Sun, 06-Nov-1994 08:49:37 UTC ', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Thu, 29 Feb 2024 00:00:00 GMT', Date.UTC(2024, 1, 29)],
    ['Wed, 31 Dec 2008 23:59:60 GMT', Date.UTC(2009, 0, 1)],
    ['Sat, 29 Feb 2025 00:00:00 GMT', undefined],
    ['Sun, 06 Nov 1994 24:00:00 GMT', undefined],
    ['Sun, 06 Nob 1994 08:49:37 GMT', undefined],
    ['Sun, 06 Nov 1994 08:49:37 EST', undefined],
    ['1994-11-06T08:49:37Z', undefined],
    ['3600', undefined],
    ['0', undefined],
    ['', undefined],
  ])('%j', (text, atMs) => {
    expect(parseHttpDate(text, NOW)).toBe(atMs)
  })

  test('of every second is read back', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(Date.UTC(9999, 11, 31)), noInvalidDate: true }), (date) => {
        expect(parseHttpDate(date.toUTCString(), NOW)).toBe(Math.floor(date.getTime() / 1000) * 1000)
      }),
    )
  })
})
