import fc from 'fast-check'
import type { CoverInput } from '#main/plans/cover/cover-input.ts'
import { uncheckedShare, unlistedPages } from '#main/plans/cover/unlisted.ts'

export interface SmallPage {
  readonly path: string
  readonly state: 'must' | 'keep' | 'held' | 'gone'
  readonly refill: number
  readonly checked?: boolean
  readonly enumerated?: boolean
}
export interface Small {
  readonly pages: readonly SmallPage[]
  readonly tags?: Readonly<Record<string, readonly number[]>>
  readonly price?: CoverInput['price']
  readonly mostItems?: number | null
  readonly unlistedCost?: number
}
export const PRICE = { freeItems: 3, shadowMicroDollars: 500, microDollars: 5_000 }

export function inputOf({ pages, tags = {}, price = PRICE, mostItems = null, unlistedCost = 0 }: Small): CoverInput {
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
    enumerated: enumeratedOf(pages),
    unlistedCost,
  }
}

const uncheckedOf = (pages: readonly SmallPage[]) => Uint8Array.from(pages, ({ checked }) => Number(checked === false))
const enumeratedOf = (pages: readonly SmallPage[]) => Uint8Array.from(pages, ({ enumerated }) => Number(enumerated === true))

/** What an item purges, told from its text alone. */
function reach(small: Small, item: string): number[] {
  if (item.startsWith('#')) return [...(small.tags?.[item.slice(1)] ?? [])]
  return small.pages.flatMap(({ path }, at) =>
    (item.endsWith('*') ? path.startsWith(item.slice(0, -1)) : path === item) ? [at] : [],
  )
}

export function costOf(small: Small, items: readonly string[]): { covers: boolean; keeps: boolean; cost: number; pages: number } {
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
        .map((item) =>
          unlistedPages(
            reach(small, item).filter((at) => small.pages[at]!.enumerated !== true).length,
            uncheckedShare(uncheckedOf(small.pages)),
          ),
        )
        .reduce((sum, pages) => sum + Math.round(pages * (small.unlistedCost ?? 0)), 0),
    pages: cold.length,
  }
}

/** Of the characters below; a prefix that ends inside one is no path. */
export const WHOLE = /^\/(a|b|\/|%C3%A4|%C3%B6)*$/

/** The best (cost, pages) for each number of items, by trying every cover. */
export function bruteForce(small: Small): Map<number, [number, number]> {
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
export function worthHaving(best: ReadonlyMap<number, [number, number]>): [number, number, number][] {
  const kept: [number, number, number][] = []
  for (const [items, [cost, pages]] of [...best].sort(([a], [b]) => a - b)) {
    const last = kept.at(-1)
    if (!last || cost < last[1] || (cost === last[1] && pages < last[2])) kept.push([items, cost, pages])
  }
  return kept
}

export const anyPath = fc
  .array(fc.constantFrom('a', 'b', '/', '%C3%A4', '%C3%B6'), { maxLength: 4 })
  .map((parts) => `/${parts.join('')}`)
const anyPage = fc.record({
  path: anyPath,
  state: fc.constantFrom('must', 'must', 'held', 'held', 'keep', 'gone'),
  refill: fc.integer({ min: 0, max: 6_000 }),
  checked: fc.boolean(),
  enumerated: fc.boolean(),
}) as fc.Arbitrary<SmallPage>
export const anySmall: fc.Arbitrary<Small> = fc.array(anyPage, { minLength: 1, maxLength: 8 }).chain((pages) =>
  fc.record({
    pages: fc.constant(pages),
    unlistedCost: fc.constantFrom(0, 900),
    tags: fc.dictionary(fc.constantFrom('m', 'n', 'o'), fc.uniqueArray(fc.nat(pages.length - 1), { minLength: 1, maxLength: 5 })),
  }),
)
