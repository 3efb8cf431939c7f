import type { PlanItem } from '#shared/plan-items.ts'
import type { LoadedCover } from './load-cover.ts'
import type { Cover } from './plan-cover.ts'

/** What comes nearest to a cap that no cover keeps. */
export interface Nearest {
  /** As few items as can purge everything; more than the cap. */
  readonly all: readonly PlanItem[]
  /** Of these, as many as the cap allows: those that purge most. */
  readonly within: readonly PlanItem[]
  /** Pages that are then left out, and paths that are in no list. */
  readonly leftOutIds: readonly number[]
  readonly leftOutPaths: readonly string[]
}

/** Keeps the items that purge most; among equal ones those that make fewer others cold, then in the order of their text. */
export function nearestCover(loaded: LoadedCover, all: readonly PlanItem[], cover: Cover, mostItems: number): Nearest {
  const byWorth = all.toSorted(
    (a, b) => b.pages - a.pages || a.alsoCold - b.alsoCold || (a.item < b.item ? -1 : a.item > b.item ? 1 : 0),
  )
  const kept = new Set(byWorth.slice(0, mostItems).map(({ item }) => item))
  const { input, pages } = loaded
  const reached = new Uint8Array(input.paths.length)
  const tagged = new Uint8Array(pages.length)
  for (const { item, kind, low, high } of cover.items) {
    if (!kept.has(item)) continue
    if (kind !== 'tag') reached.fill(1, low, high)
    else for (const page of input.tags.find(({ tag }) => `#${tag}` === item)?.pages ?? []) tagged[page] = 1
  }
  const leftOut = pages.filter((page, at) => page.must && tagged[at] === 0 && reached[input.pathOf[at]!] === 0)
  return {
    all,
    within: all.filter(({ item }) => kept.has(item)),
    leftOutIds: leftOut.flatMap(({ id }) => (id === 0 ? [] : [id])),
    leftOutPaths: leftOut.flatMap(({ id, path }) => (id === 0 ? [path] : [])),
  }
}
