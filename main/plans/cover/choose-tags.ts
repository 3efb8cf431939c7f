import { factsByPath, priceOfItems, type CoverInput, type CoverTag } from './cover-input.ts'
import { solvePaths, type PathsSolution, type Point } from './solve-paths.ts'

/** The trade-off when these tags are purged and paths and prefixes do the rest. */
export interface TagOption {
  readonly tags: readonly CoverTag[]
  readonly coldCost: number
  readonly coldPages: number
  readonly rest: PathsSolution
}

export interface TagOptions {
  readonly options: readonly TagOption[]
  /** Every set of tags was tried, so nothing better exists. */
  readonly exhaustive: boolean
}

/** So many tags are tried in every combination, when there are at most so many paths. */
const TRIED_ALL_TAGS = 8
const TRIED_ALL_PATHS = 4_000
/** Otherwise the best ones are added one after another, at most so many. */
const ADDED_TAGS = 12

/** The sets of tags worth considering, each with its trade-off. The first has none. */
export function tagOptions(input: CoverInput, exactUpTo: number): TagOptions {
  const usable = input.tags.filter((tag) => covers(input, tag, null) > 0 && !tag.pages.some((page) => input.keep[page] === 1))
  const none = option(input, [], exactUpTo)
  if (usable.length === 0) return { options: [none], exhaustive: true }
  if (usable.length <= TRIED_ALL_TAGS && input.paths.length <= TRIED_ALL_PATHS) {
    const options = [none]
    for (let set = 1; set < 1 << usable.length; set++) {
      const tags = usable.filter((_tag, at) => (set & (1 << at)) !== 0)
      options.push(option(input, tags, exactUpTo))
    }
    return { options, exhaustive: true }
  }
  return { options: addOneByOne(input, usable, none, exactUpTo), exhaustive: false }
}

function option(input: CoverInput, tags: readonly CoverTag[], exactUpTo: number): TagOption {
  const gone = tags.length === 0 ? null : goneBy(input, tags)
  let coldCost = 0
  let coldPages = 0
  if (gone !== null) {
    for (let page = 0; page < gone.length; page++) {
      if (gone[page] === 0 || input.must[page] === 1 || input.held[page] === 0) continue
      coldCost += input.refillCost[page]!
      coldPages++
    }
  }
  return { tags, coldCost, coldPages, rest: solvePaths(factsByPath(input, gone), exactUpTo) }
}

function goneBy(input: CoverInput, tags: readonly CoverTag[]): Uint8Array {
  const gone = new Uint8Array(input.pathOf.length)
  for (const { pages } of tags) for (const page of pages) gone[page] = 1
  return gone
}

function covers(input: CoverInput, tag: CoverTag, gone: Uint8Array | null): number {
  let count = 0
  for (const page of tag.pages) if (input.must[page] === 1 && gone?.[page] !== 1) count++
  return count
}

/** Adds the tag that saves most by itself as long as the whole gets cheaper by it. */
function addOneByOne(input: CoverInput, usable: readonly CoverTag[], none: TagOption, exactUpTo: number): TagOption[] {
  const options = [none]
  let chosen: CoverTag[] = []
  let left = [...usable]
  for (let added = 0; added < ADDED_TAGS && left.length > 0; added++) {
    const gone = goneBy(input, chosen)
    const [best] = left
      .map((tag) => ({ tag, saves: covers(input, tag, gone) * input.price.microDollars - coldBy(input, tag, gone) }))
      .sort((a, b) => b.saves - a.saves || (a.tag.tag < b.tag.tag ? -1 : 1))
    if (!best) break
    left = left.filter((tag) => tag !== best.tag)
    const next = option(input, [...chosen, best.tag], exactUpTo)
    if (worth(input, next) >= worth(input, options.at(-1)!)) continue
    chosen = [...next.tags]
    options.push(next)
  }
  return options
}

function coldBy(input: CoverInput, tag: CoverTag, gone: Uint8Array): number {
  let cost = 0
  for (const page of tag.pages)
    if (gone[page] === 0 && input.must[page] === 0 && input.held[page] === 1) cost += input.refillCost[page]!
  return cost
}

/** The least that the option costs in all. */
function worth(input: CoverInput, { tags, coldCost, rest }: TagOption): number {
  const total = ({ items, coldCost: cold }: Point) => priceOfItems(input.price, items + tags.length) + coldCost + cold
  return Math.min(...[...rest.exact, ...rest.hull].map(total), Infinity)
}
