import { expect, test } from 'vitest'
import { fillTimes, timePlaceholder, withoutBadPlaceholders } from '#shared/time-placeholders.ts'

test('an instant goes into a text and comes out as it is formatted', () => {
  const text = `Until ${timePlaceholder(1_763_700_000_000)}, or ${timePlaceholder(0.4)}.`
  expect(text).toBe('Until {{time:1763700000000}}, or {{time:0}}.')
  expect(fillTimes(text, (atMs) => new Date(atMs).toISOString())).toBe(
    'Until 2025-11-21T04:40:00.000Z, or 1970-01-01T00:00:00.000Z.',
  )
})

test('what is no instant makes no bad placeholder', () => {
  expect([Number.NaN, Number.POSITIVE_INFINITY, 1e20].map(timePlaceholder)).toEqual([
    '{{time:0}}',
    '{{time:0}}',
    '{{time:8640000000000000}}',
  ])
})

test('a text from outside makes none either', () => {
  expect(withoutBadPlaceholders('{{time:soon}} {{x}} {{{time:1}} {{time:1}}')).not.toMatch(/\{\{(?!time:-?\d{1,16}\}\})/)
})
