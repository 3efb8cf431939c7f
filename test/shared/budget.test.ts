import { expect, test } from 'vitest'
import { priceOf } from '#shared/budget.ts'

const BUDGET = { allowance: 1_000, priceMicroDollars: 5_000 }

test.each<[items: number, before: number, microDollars: number]>([
  [0, 0, 0],
  [1_000, 0, 0],
  [1_001, 0, 5_000],
  [4, 998, 10_000],
  [2, 998, 0],
  [1, 1_000, 5_000],
  [3, 5_000, 15_000],
  [3_000, 0, 10_000_000],
])('%i items after %i cost %i micro-dollars', (items, before, microDollars) => {
  expect(priceOf(items, before, BUDGET)).toBe(microDollars)
})
