import { priceOfItems, type CoverInput } from './cover-input.ts'
import { lowerBound } from './lower-bound.ts'
import type { Point } from './solve-paths.ts'
import { tagOptions, type TagOption } from './choose-tags.ts'

/** Up to so many items the trade-off is exact; a month's free items, and more than a person reads. */
export const EXACT_UP_TO = 1_000

export interface CoverItem {
  /** `/path`, `/prefix*` or `#tag`. */
  readonly item: string
  readonly kind: 'path' | 'prefix' | 'tag'
  /** Which paths it reaches, from `low` to before `high`; empty for a tag. */
  readonly low: number
  readonly high: number
}

/** A point of the curve: how many items, how many other pages go cold. `exact` is false on the hull. */
export interface CurvePoint {
  readonly items: number
  readonly coldCost: number
  readonly coldPages: number | null
  readonly priceMicroDollars: number
  readonly exact: boolean
}

export interface Cover {
  readonly items: readonly CoverItem[]
  readonly coldCost: number
  readonly coldPages: number
  /** With free items at their shadow price. */
  readonly worthMicroDollars: number
}

export interface CoverPlan {
  /** Fewest items first; each costs less refill than the one before. */
  readonly curve: readonly CurvePoint[]
  /** The cheapest within the cap; null when no cover fits, and then `curve[0]` is the nearest. */
  readonly balanced: number | null
  /** The one that makes the fewest other pages cold, and among those has the fewest items; null as above. */
  readonly gentlest: number | null
  /** The one with the fewest items; null as above. */
  readonly fewest: number | null
  /** How much cheaper than `balanced` any cover at all can be, in micro-dollars; 0 when it is proven the best. */
  readonly gapMicroDollars: number
  /** The items of a point of the curve. */
  cover(index: number): Cover
}

/**
 * The ways to purge every wanted page, from one item to one for each path, and the cheapest of them: items at their price
 * plus the refill of other pages that go cold, within the cap. Pure: the same input gives the same plan.
 */
export function planCover(input: CoverInput, exactUpTo: number = EXACT_UP_TO): CoverPlan {
  const { options, exhaustive } = tagOptions(input, exactUpTo)
  const points = curveOf(input, options, exactUpTo)
  const curve = points.map(({ option: _option, point: _point, ...shown }) => shown)
  const within = points.filter(({ items }) => input.mostItems === null || items <= input.mostItems)
  const worth = (at: number) => points[at]!.priceMicroDollars + points[at]!.coldCost
  let balanced: number | null = null
  for (let at = 0; at < within.length; at++) if (balanced === null || worth(at) < worth(balanced)) balanced = at
  const known = balanced !== null && exhaustive && (points[balanced]!.exact || input.mostItems === null)
  return {
    curve,
    balanced,
    gentlest: within.length === 0 ? null : within.length - 1,
    fewest: within.length === 0 ? null : 0,
    gapMicroDollars: balanced === null || known ? 0 : Math.max(0, worth(balanced) - lowerBound(input)),
    cover(index) {
      const { option, point, priceMicroDollars } = points[index]!
      return coverOf(input, option, point, priceMicroDollars)
    },
  }
}

type Choice = CurvePoint & { readonly option: TagOption; readonly point: Point }

/** All options' points together, without those that another one beats. */
function curveOf(input: CoverInput, options: readonly TagOption[], exactUpTo: number): Choice[] {
  const all = options.flatMap((option) =>
    [...option.rest.exact, ...option.rest.hull].map((point): Choice => {
      const items = point.items + option.tags.length
      return {
        items,
        coldCost: point.coldCost + option.coldCost,
        coldPages: point.coldPages === null ? null : point.coldPages + option.coldPages,
        priceMicroDollars: priceOfItems(input.price, items),
        exact: point.items <= exactUpTo,
        option,
        point,
      }
    }),
  )
  const cold = (choice: Choice) => choice.coldPages ?? Infinity
  all.sort(
    (a, b) =>
      a.items - b.items ||
      a.coldCost - b.coldCost ||
      (cold(a) === cold(b) ? 0 : cold(a) - cold(b)) ||
      a.option.tags.length - b.option.tags.length,
  )
  const kept: Choice[] = []
  for (const choice of all) {
    const last = kept.at(-1)
    const better =
      last === undefined ||
      choice.coldCost < last.coldCost ||
      (choice.coldCost === last.coldCost && cold(choice) < cold(last) && choice.coldPages !== null)
    if (better && choice.items !== last?.items) kept.push(choice)
  }
  return kept
}

function coverOf(input: CoverInput, option: TagOption, point: Point, priceMicroDollars: number): Cover {
  const { tree } = option.rest
  const way = option.rest.way(point)
  const items: CoverItem[] = option.tags.map(({ tag }) => ({ item: `#${tag}`, kind: 'tag', low: 0, high: 0 }))
  for (const node of way.prefixes) {
    const low = tree.low[node]!
    const item = `${input.paths[low]!.slice(0, tree.depth[node])}*`
    items.push({ item, kind: 'prefix', low, high: tree.high[node]! })
  }
  for (const path of way.paths) items.push({ item: input.paths[path]!, kind: 'path', low: path, high: path + 1 })
  items.sort((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : 0))
  return {
    items,
    coldCost: point.coldCost + option.coldCost,
    coldPages: point.coldPages === null ? countCold(input, items) : point.coldPages + option.coldPages,
    worthMicroDollars: priceMicroDollars + point.coldCost + option.coldCost,
  }
}

function countCold(input: CoverInput, items: readonly CoverItem[]): number {
  const reached = new Uint8Array(input.paths.length)
  for (const { low, high } of items) reached.fill(1, low, high)
  const tagged = new Set(items.filter(({ kind }) => kind === 'tag').map(({ item }) => item.slice(1)))
  const gone = new Uint8Array(input.pathOf.length)
  for (const { tag, pages } of input.tags) if (tagged.has(tag)) for (const page of pages) gone[page] = 1
  let cold = 0
  for (let page = 0; page < gone.length; page++) {
    if (input.must[page] === 1 || input.held[page] === 0) continue
    if (gone[page] === 1 || reached[input.pathOf[page]!] === 1) cold++
  }
  return cold
}
