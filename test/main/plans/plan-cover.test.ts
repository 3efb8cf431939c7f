import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priceOfItems } from '#main/plans/cover/cover-input.ts'
import { planCover, type Cover } from '#main/plans/cover/plan-cover.ts'
import { sharedPrefix } from '#main/plans/cover/safe-prefix.ts'
import { anySmall, bruteForce, costOf, inputOf, PRICE, worthHaving, type Small } from '../../support/small-covers.ts'

describe('A plan', () => {
  test('equals brute force, for every number of items', () => {
    fc.assert(
      fc.property(anySmall, (small) => {
        const plan = planCover(inputOf(small))
        expect(plan.curve.map((point) => [point.items, point.coldCost, point.coldPages])).toEqual(worthHaving(bruteForce(small)))
        expect(plan.gapMicroDollars).toBe(0)
      }),
      { numRuns: 1_500 },
    )
  })

  test('of every point of the curve purges what must go, spares what must stay, and costs what the curve says', () => {
    fc.assert(
      fc.property(anySmall, (small) => {
        const plan = planCover(inputOf(small))
        plan.curve.forEach((point, at) => {
          const cover = plan.cover(at)
          const items = cover.items.map(({ item }) => item)
          const { covers, keeps, cost, pages } = costOf(small, items)
          expect({ covers, keeps, cost, pages, count: new Set(items).size }).toEqual({
            covers: true,
            keeps: true,
            cost: point.coldCost,
            pages: point.coldPages,
            count: point.items,
          })
          expect(cover.coldPages).toBe(pages)
        })
      }),
      { numRuns: 1_000 },
    )
  })

  test('is the cheapest within its cap, and never dearer than the list or the best single wildcard', () => {
    fc.assert(
      fc.property(anySmall, fc.option(fc.nat(6)), (small, mostItems) => {
        const best = bruteForce(small)
        const plan = planCover(inputOf({ ...small, mostItems }))
        const worths = [...best]
          .filter(([items]) => mostItems === null || items <= mostItems)
          .map(([items, [cost]]) => priceOfItems(PRICE, items) + cost)
        if (worths.length === 0) {
          expect([plan.balanced, plan.fewest, plan.gentlest]).toEqual([null, null, null])
          return
        }
        const cover = plan.cover(plan.balanced!)
        expect(cover.worthMicroDollars).toBe(Math.min(...worths))
        if (mostItems !== null) expect(cover.items.length).toBeLessThanOrEqual(mostItems)
      }),
      { numRuns: 1_000 },
    )
  })

  test('does not depend on the order of the pages', () => {
    fc.assert(
      fc.property(anySmall, (small) => {
        const items = (one: Small): Cover['items'][] => {
          const plan = planCover(inputOf(one))
          return plan.curve.map((_point, at) => plan.cover(at).items)
        }
        const last = small.pages.length - 1
        const tags = Object.fromEntries(Object.entries(small.tags ?? {}).map(([tag, of]) => [tag, of.map((at) => last - at)]))
        expect(items({ ...small, pages: [...small.pages].reverse(), tags })).toEqual(items(small))
      }),
      { numRuns: 300 },
    )
  })
})

describe('A shared prefix', () => {
  test('never ends inside a character', () => {
    expect(sharedPrefix('/k%C3%A4se', '/k%C3%B6ln')).toBe(2)
    expect(sharedPrefix('/k%C3%A4se', '/k%C3%A4fer')).toBe(8)
    expect(sharedPrefix('/a%2Fb', '/a%20b')).toBe(2)
    expect(sharedPrefix('/%E2%82%AC', '/%E2%82%AD')).toBe(1)
    expect(sharedPrefix('/%F0%9F%8D%AD', '/%F0%9F%8D%AC')).toBe(1)
    expect(sharedPrefix('/😀', '/😁')).toBe(1)
  })
})
