import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverageOf } from '#main/plans/coverage.ts'
import { countPrefixes, splitItems } from '#main/plans/requests.ts'

describe('What a purge also purges', () => {
  test.each([
    ['/a', '/a', true],
    ['/a', '/ab', false],
    ['/a', '/a?x=1', false],
    ['/a*', '/a?x=1', true],
    ['/a*', '/a', true],
    ['/a*', '/ab*', true],
    ['/ab*', '/a*', false],
    ['/*', '#menu', true],
    ['/a*', '#menu', false],
    ['#Menu', '#menu', true],
    ['#menu', '/menu', false],
  ])('%s → %s: %s', (item, other, covers) => {
    expect(coverageOf([item])(other)).toBe(covers)
  })
})

test('requests keep every item and its order, and stay within both limits', () => {
  const item = fc.oneof(fc.constantFrom('/a', '/b', '#t'), fc.constantFrom('/a*', '/b*'))
  fc.assert(
    fc.property(
      fc.array(item, { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 4 }),
      (items, most, prefixes) => {
        const requests = splitItems(items, { items: most, prefixes })
        expect(requests.flat()).toEqual(items)
        for (const request of requests) {
          expect(request.length).toBeLessThanOrEqual(most)
          expect(countPrefixes(request)).toBeLessThanOrEqual(prefixes)
        }
      },
    ),
  )
})
