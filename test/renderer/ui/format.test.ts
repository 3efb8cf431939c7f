import { describe, expect, test } from 'vitest'
import { countOf, formatAgo, formatDaysUntil, formatDuration, formatMoney, formatPrice, formatSpan } from '#renderer/ui/format.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('spans', () => {
  test.each([
    [-5 * SECOND, '0 s'],
    [0, '0 s'],
    [29.9 * SECOND, '29 s'],
    [59.999 * SECOND, '59 s'],
    [MINUTE, '1 min'],
    [59 * MINUTE, '59 min'],
    [HOUR, '1 h'],
    [47 * HOUR, '47 h'],
    [2 * DAY, '2 d'],
    [29 * DAY + 23 * HOUR, '29 d'],
  ])('%d ms is %s, never more than is left', (ms, words) => {
    expect(formatSpan(ms)).toBe(words)
  })

  test('a moment that the clocks disagree about is just now', () => {
    expect(formatAgo(10_000, 9_000)).toBe('just now')
    expect(formatAgo(0, 12_400)).toBe('12 s ago')
  })

  test.each([
    [30 * DAY, 'in 30 days'],
    [30 * DAY - SECOND, 'in 30 days'],
    [SECOND, 'in 1 day'],
    [0, 'now'],
  ])('in days, %d ms to come are %s, as they were promised', (ms, words) => {
    expect(formatDaysUntil(ms, 0)).toBe(words)
  })

  test.each([
    [70 * SECOND, '1 min 10 s'],
    [2 * MINUTE, '2 min'],
    [125 * MINUTE, '2 h 5 min'],
    [59.6 * SECOND, '1 min'],
    [400, 'under 1 s'],
  ])('a duration of %d ms reads %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words)
  })
})

describe('money', () => {
  test.each([
    [0, 'free'],
    [5_000, '$0.005'],
    [60_000, '$0.06'],
    [125, '$0.000125'],
    [65_000, '$0.065'],
    [1_000_000, '$1.00'],
    [12_345_670_000, '$12,345.67'],
  ])('%d micro-dollars is %s', (microDollars, words) => {
    expect(formatMoney(microDollars)).toBe(words)
  })

  test('a free purge says of how many, and that there may be fewer', () => {
    expect(formatPrice(0, 1, 813, false)).toBe('free (uses 1 of 813 left this month)')
    expect(formatPrice(0, 1, null, false)).toBe('free')
    expect(formatPrice(0, 1, 1_000, true)).toBe('free (uses 1 of at most 1,000 left this month)')
    expect(formatPrice(60_000, 12, 0, true)).toBe('$0.06')
  })
})

test('one is not plural', () => {
  expect(countOf(1, 'page')).toBe('1 page')
  expect(countOf(2_318, 'page')).toBe('2,318 pages')
  expect(countOf(1, 'page waits', 'pages wait')).toBe('1 page waits')
})
