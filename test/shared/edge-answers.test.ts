import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hitRatio, TTFB_BOUNDS_MS, TTFB_CLASSES, ttfbClass, ttfbWithin } from '#shared/edge-answers.ts'

const countsOf = (times: readonly number[]) => {
  const counts = Array.from({ length: TTFB_CLASSES }, () => 0)
  for (const ms of times) counts[ttfbClass(ms)] = (counts[ttfbClass(ms)] ?? 0) + 1
  return counts
}

test('A time that is read from the counts lies in the class of the true one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95),
      (times, share) => {
        const sorted = times.toSorted((a, b) => a - b)
        const truth = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
        const read = ttfbWithin(countsOf(times), share) ?? Number.NaN
        const high = TTFB_BOUNDS_MS[ttfbClass(truth)] ?? Number.NaN
        const low = TTFB_BOUNDS_MS[ttfbClass(truth) - 1] ?? 0
        expect(read).toBeGreaterThanOrEqual(low)
        expect(read).toBeLessThanOrEqual(high)
      },
    ),
  )
})

test('Without answers there is no time and no ratio; above the last bound it is that bound', () => {
  expect(ttfbWithin(countsOf([]), 0.5)).toBeNull()
  expect(hitRatio({ store: 0, origin: 0 })).toBeNull()
  expect(hitRatio({ store: 3, origin: 1 })).toBe(0.75)
  expect(ttfbWithin(countsOf([60_000]), 0.95)).toBe(10_000)
})
