import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priceOfItems, type CoverInput } from '#main/plans/cover/cover-input.ts'
import { planCover, type Cover } from '#main/plans/cover/plan-cover.ts'
import { sharedPrefix } from '#main/plans/cover/safe-prefix.ts'
import { uncheckedShare, unlistedPages } from '#main/plans/cover/unlisted.ts'

interface SmallPage {
  readonly path: string
  readonly state: 'must' | 'keep' | 'held' | 'gone'
  readonly refill: number
  readonly checked?: boolean
}
interface Small {
  readonly pages: readonly SmallPage[]
  readonly tags?: Readonly<Record<string, readonly number[]>>
  readonly price?: CoverInput['price']
  readonly mostItems?: number | null
  readonly unlistedCost?: number
}
const PRICE = { freeItems: 3, shadowMicroDollars: 500, microDollars: 5_000 }

function inputOf({ pages, tags = {}, price = PRICE, mostItems = null, unlistedCost = 0 }: Small): CoverInput {
  const paths = [...new Set(pages.map(({ path }) => path))].sort()
  const is = (state: SmallPage['state']) => Uint8Array.from(pages, (page) => Number(page.state === state))
  return {
    paths,
    pathOf: Int32Array.from(pages, ({ path }) => paths.indexOf(path)),
    must: is('must'),
    keep: is('keep'),
    held: Uint8Array.from(pages, ({ state }) => Number(state !== 'gone')),
    refillCost: Float64Array.from(pages, ({ refill }) => refill),
    tags: Object.entries(tags).map(([tag, of]) => ({ tag, pages: Int32Array.from(of) })),
    price,
    mostItems,
    unchecked: uncheckedOf(pages),
    unlistedCost,
  }
}

const uncheckedOf = (pages: readonly SmallPage[]) => Uint8Array.from(pages, ({ checked }) => Number(checked === false))

/** What an item purges, told from its text alone. */
function reach(small: Small, item: string): number[] {
  if (item.startsWith('#')) return [...(small.tags?.[item.slice(1)] ?? [])]
  return small.pages.flatMap(({ path }, at) =>
    (item.endsWith('*') ? path.startsWith(item.slice(0, -1)) : path === item) ? [at] : [],
  )
}

function costOf(small: Small, items: readonly string[]): { covers: boolean; keeps: boolean; cost: number; pages: number } {
  const gone = new Set(items.flatMap((item) => reach(small, item)))
  const cold = small.pages.filter(({ state }, at) => (state === 'held' || state === 'keep') && gone.has(at))
  return {
    covers: small.pages.every(({ state }, at) => state !== 'must' || gone.has(at)),
    // An exact path cannot spare the same path of another zone.
    keeps: items
      .filter((item) => item.endsWith('*') || item.startsWith('#'))
      .every((item) => reach(small, item).every((at) => small.pages[at]!.state !== 'keep')),
    cost:
      cold.reduce((sum, { refill }) => sum + refill, 0) +
      items
        .filter((item) => item.endsWith('*'))
        .map((item) => unlistedPages(reach(small, item).length, uncheckedShare(uncheckedOf(small.pages))))
        .reduce((sum, pages) => sum + Math.round(pages * (small.unlistedCost ?? 0)), 0),
    pages: cold.length,
  }
}

/** Of the characters below; a prefix that ends inside one is no path. */
const WHOLE = /^\/(a|b|\/|%C3%A4|%C3%B6)*$/

/** The best (cost, pages) for each number of items, by trying every cover. */
function bruteForce(small: Small): Map<number, [number, number]> {
  const must = small.pages.filter(({ state }) => state === 'must')
  const candidates = new Set<string>(Object.keys(small.tags ?? {}).map((tag) => `#${tag}`))
  for (const { path } of must) {
    candidates.add(path)
    for (let end = 1; end <= path.length; end++) if (WHOLE.test(path.slice(0, end))) candidates.add(`${path.slice(0, end)}*`)
  }
  const usable = [...candidates].filter((item) => costOf(small, [item]).keeps)
  const best = new Map<number, [number, number]>()
  const search = (items: readonly string[], left: readonly number[]) => {
    const first = left[0]
    if (first === undefined) {
      const { cost, pages } = costOf(small, items)
      const [bestCost, bestPages] = best.get(items.length) ?? [Infinity, Infinity]
      if (cost < bestCost || (cost === bestCost && pages < bestPages)) best.set(items.length, [cost, pages])
      return
    }
    for (const item of usable) {
      const reached = new Set(reach(small, item))
      if (reached.has(first))
        search(
          [...items, item],
          left.filter((at) => !reached.has(at)),
        )
    }
  }
  search(
    [],
    small.pages.flatMap(({ state }, at) => (state === 'must' ? [at] : [])),
  )
  return best
}

/** Only those that cost less than every one with fewer items. */
function worthHaving(best: ReadonlyMap<number, [number, number]>): [number, number, number][] {
  const kept: [number, number, number][] = []
  for (const [items, [cost, pages]] of [...best].sort(([a], [b]) => a - b)) {
    const last = kept.at(-1)
    if (!last || cost < last[1] || (cost === last[1] && pages < last[2])) kept.push([items, cost, pages])
  }
  return kept
}

const anyPath = fc
  .array(fc.constantFrom('a', 'b', '/', '%C3%A4', '%C3%B6'), { maxLength: 4 })
  .map((parts) => `/${parts.join('')}`)
const anyPage = fc.record({
  path: anyPath,
  state: fc.constantFrom('must', 'must', 'held', 'held', 'keep', 'gone'),
  refill: fc.integer({ min: 0, max: 6_000 }),
  checked: fc.boolean(),
}) as fc.Arbitrary<SmallPage>
const anySmall: fc.Arbitrary<Small> = fc.array(anyPage, { minLength: 1, maxLength: 8 }).chain((pages) =>
  fc.record({
    pages: fc.constant(pages),
    unlistedCost: fc.constantFrom(0, 900),
    tags: fc.dictionary(fc.constantFrom('m', 'n', 'o'), fc.uniqueArray(fc.nat(pages.length - 1), { minLength: 1, maxLength: 5 })),
  }),
)

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
        const wildcards = ['/*', ...list.flatMap((path) => [...path].map((_one, at) => `${path.slice(0, at + 1)}*`))]
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
