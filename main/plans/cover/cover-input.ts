import type { PathFacts } from './prefix-tree.ts'
import { uncheckedShare, unlistedPages } from './unlisted.ts'

/** Micro-dollars for items: the first `freeItems` at their shadow price, the others at the full one. */
export interface ItemPrice {
  readonly freeItems: number
  /** A free item is not free when the month may overrun; not above `microDollars`. */
  readonly shadowMicroDollars: number
  readonly microDollars: number
}

export interface CoverTag {
  readonly tag: string
  /** Pages (by index) for which the edge stored this tag. */
  readonly pages: Int32Array
}

/**
 * The pages of a distribution, in all its zones, and which of them must go. Arrays by page have one entry for each page;
 * `pathOf` says which path it has, since an item names no host. Costs are whole micro-dollars.
 */
export interface CoverInput {
  /** As the edge keys them; sorted by code units, no duplicates. */
  readonly paths: readonly string[]
  readonly pathOf: Int32Array
  readonly must: Uint8Array
  /** Must stay: its origin is not new, so a purge would only store the old version again. */
  readonly keep: Uint8Array
  /** The edge has a copy that it would lose. */
  readonly held: Uint8Array
  /** What it costs to render and fetch it again. */
  readonly refillCost: Float64Array
  /** In the list, but never checked. */
  readonly unchecked: Uint8Array
  /** Named by a list that is whole, such as the manifest of the live release: none is missing beside it. */
  readonly enumerated: Uint8Array
  /** What one page costs that a wildcard reaches and that is in no list. */
  readonly unlistedCost: number
  readonly tags: readonly CoverTag[]
  readonly price: ItemPrice
  /** The most items that may be sent; null for no limit. */
  readonly mostItems: number | null
}

/** What `items` items cost, in micro-dollars; with the shadow price it is what they are worth. */
export function priceOfItems(price: ItemPrice, items: number): number {
  const free = Math.min(items, price.freeItems)
  return free * price.shadowMicroDollars + (items - free) * price.microDollars
}

/** The input by path, as if the pages in `gone` were purged already: they need nothing and lose nothing. */
export function factsByPath(input: CoverInput, gone: Uint8Array | null): PathFacts {
  const count = input.paths.length
  const share = uncheckedShare(input.unchecked)
  const facts = {
    paths: input.paths,
    must: new Uint8Array(count),
    coldCost: new Float64Array(count),
    coldPages: new Float64Array(count),
    keep: new Uint8Array(count),
    listed: new Float64Array(count),
    unlistedCost: (listed: number) => Math.round(unlistedPages(listed, share) * input.unlistedCost),
  }
  for (let page = 0; page < input.pathOf.length; page++) {
    const path = input.pathOf[page]!
    if (input.enumerated[page] === 0) facts.listed[path] = facts.listed[path]! + 1
    if (input.keep[page] === 1) facts.keep[path] = 1
    if (gone?.[page] === 1) continue
    if (input.must[page] === 1) facts.must[path] = 1
    else if (input.held[page] === 1) {
      facts.coldCost[path] = facts.coldCost[path]! + input.refillCost[page]!
      facts.coldPages[path] = facts.coldPages[path]! + 1
    }
  }
  return facts
}
