import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priceOfItems } from '#main/plans/cover/cover-input.ts'
import { planCover } from '#main/plans/cover/plan-cover.ts'
import { anyPath, anySmall, bruteForce, costOf, inputOf, PRICE, WHOLE, type SmallPage } from '../../support/small-covers.ts'

describe('Where there are more paths than the exact curve reaches', () => {
  const anyMany = fc.array(
    fc.record({ path: anyPath, state: fc.constantFrom('must', 'held'), refill: fc.integer({ min: 0, max: 6_000 }) }),
    { minLength: 6, maxLength: 14 },
  ) as fc.Arbitrary<SmallPage[]>

  test('the hull goes through the exact curve, and its covers cost what it says', () => {
    fc.assert(
      fc.property(anyMany, (pages) => {
        const small = { pages }
        const exact = planCover(inputOf(small))
        const plan = planCover(inputOf(small), 2)
        const truth = new Map(exact.curve.map(({ items, coldCost }) => [items, coldCost]))
        plan.curve.forEach((point, at) => {
          expect(truth.get(point.items)).toBe(point.coldCost)
          const cover = plan.cover(at)
          expect(
            costOf(
              small,
              cover.items.map(({ item }) => item),
            ),
          ).toEqual({
            covers: true,
            keeps: true,
            cost: point.coldCost,
            pages: cover.coldPages,
          })
        })
        // Nothing that some price of an item would choose is missing.
        for (const price of [1, 700, 3_000, 9_000]) {
          const flat = { freeItems: 0, shadowMicroDollars: price, microDollars: price }
          const worth = (of: typeof plan) => Math.min(...of.curve.map((point) => point.items * price + point.coldCost))
          expect(worth(planCover(inputOf({ ...small, price: flat }), 2))).toBe(worth(exact))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('every point of it has its own way, also where several lie on one line', () => {
    const even = anyMany.map((pages) => pages.map((page) => ({ ...page, refill: 400 })))
    fc.assert(
      fc.property(even, (pages) => {
        const plan = planCover(inputOf({ pages, unlistedCost: 0 }), 2)
        plan.curve.forEach(({ items, coldCost }, at) => {
          const cover = plan.cover(at)
          const texts = cover.items.map(({ item }) => item)
          expect([texts.length, costOf({ pages }, texts)]).toMatchObject([items, { covers: true, cost: coldCost }])
        })
      }),
      { numRuns: 500 },
    )
  })

  test('no plan is dearer than the list of paths or the best single wildcard, and each purges all that must go', () => {
    fc.assert(
      fc.property(anyMany, fc.constantFrom(0, 900), (pages, unlistedCost) => {
        const small = { pages, unlistedCost }
        const plan = planCover(inputOf(small), 2)
        const cover = plan.cover(plan.balanced!)
        const worthOf = (items: readonly string[]) => priceOfItems(PRICE, items.length) + costOf(small, items).cost
        const list = [...new Set(pages.filter(({ state }) => state === 'must').map(({ path }) => path))]
        const wildcards = [
          '/*',
          ...list.flatMap((path) => Array.from({ length: path.length }, (_none, at) => `${path.slice(0, at + 1)}*`)),
        ]
        const whole = wildcards.filter((item) => WHOLE.test(item.slice(0, -1)) && costOf(small, [item]).covers)
        expect(cover.worthMicroDollars).toBe(worthOf(cover.items.map(({ item }) => item)))
        for (const simple of [list, ...whole.map((item) => [item])])
          if (costOf(small, simple).covers) expect(cover.worthMicroDollars).toBeLessThanOrEqual(worthOf(simple))
        expect(
          costOf(
            small,
            cover.items.map(({ item }) => item),
          ).covers,
        ).toBe(true)
        const again = planCover(inputOf(small), 2)
        expect(again.cover(again.balanced!).items).toEqual(cover.items)
      }),
      { numRuns: 500 },
    )
  })

  test('with many tags the plan says how much better any other could be', () => {
    fc.assert(
      fc.property(anySmall, (small) => {
        const many = { ...small.tags }
        for (let at = 0; at < 9; at++) many[`x${at}`] = [at % small.pages.length]
        const wide = { ...small, tags: many }
        const plan = planCover(inputOf(wide))
        const best = [...bruteForce(wide)].map(([items, [cost]]) => priceOfItems(PRICE, items) + cost)
        if (plan.balanced === null) {
          expect(best).toEqual([])
          return
        }
        const worth = plan.cover(plan.balanced).worthMicroDollars
        expect(worth - plan.gapMicroDollars).toBeLessThanOrEqual(Math.min(...best))
        const list = new Set(small.pages.filter(({ state }) => state === 'must').map(({ path }) => path))
        expect(worth).toBeLessThanOrEqual(priceOfItems(PRICE, list.size) + costOf(small, [...list]).cost)
      }),
      { numRuns: 300 },
    )
  })
})
