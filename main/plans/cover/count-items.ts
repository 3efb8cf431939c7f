import type { PlanItem } from '#shared/plan-items.ts'
import type { CoverInput } from './cover-input.ts'
import { whyItem } from './item-words.ts'
import type { LoadedCover } from './load-cover.ts'
import type { Cover, CoverItem } from './plan-cover.ts'
import { uncheckedShare, unlistedPages } from './unlisted.ts'

/** What rendering or fetching the other pages again takes that a cover makes cold. */
export interface Refill {
  readonly pages: number
  /** Of these, those that are rendered when they are asked for; the others are fetched as files. */
  readonly renders: number
  /** How long one takes, where any was measured; null otherwise. */
  readonly meanMs: number | null
  readonly microDollars: number
}

export interface CountedItems {
  readonly items: readonly PlanItem[]
  readonly refill: Refill
  /** Other pages that go cold outside the zones of the wanted ones, by zone. */
  readonly coldByZone: ReadonlyMap<number, number>
}

/**
 * Each item of a cover with the wanted pages that it is the first to reach, and the others that go cold by it first. An item
 * that is the first to reach no wanted page is left out: the others purge all of it that must go.
 */
export function countItems({ input, pages }: LoadedCover, cover: Cover): CountedItems {
  const { pathOf, must, held, refillCost } = input
  const gone = new Uint8Array(pathOf.length)
  const firstOf = firstPages(input)
  const tags = new Map(input.tags.map((tag) => [`#${tag.tag}`, tag.pages]))
  const share = uncheckedShare(input.unchecked)
  const wantedZones = new Set<number>()
  const coldByZone = new Map<number, number>()
  const measured = { count: 0, sumMs: 0 }
  const refill = { pages: 0, renders: 0, microDollars: 0 }
  const items: PlanItem[] = []
  for (const one of cover.items) {
    const reached = reachedBy(one, tags, firstOf)
    if (!reached.some((page) => gone[page] === 0 && must[page] === 1)) continue
    let [wanted, alsoCold, refillMicroDollars, unchecked, guessed] = [0, 0, 0, 0, 0]
    for (const page of reached) {
      unchecked += input.unchecked[page]!
      guessed += 1 - input.enumerated[page]!
      if (gone[page] === 1) continue
      gone[page] = 1
      const { zoneId, durationMs, onDemand } = pages[page]!
      if (must[page] === 1) {
        wanted++
        wantedZones.add(zoneId)
      } else if (held[page] === 1) {
        alsoCold++
        refillMicroDollars += refillCost[page]!
        refill.renders += Number(onDemand)
        coldByZone.set(zoneId, (coldByZone.get(zoneId) ?? 0) + 1)
        measured.count += Number(durationMs > 0)
        measured.sumMs += durationMs
      }
    }
    refill.pages += alsoCold
    refill.microDollars += refillMicroDollars
    const risk =
      one.kind === 'prefix'
        ? { listed: reached.length, neverChecked: unchecked, unlisted: Math.ceil(unlistedPages(guessed, share)) }
        : null
    const counted = { item: one.item, kind: one.kind, pages: wanted, alsoCold, refillMicroDollars, risk }
    items.push({ ...counted, why: whyItem(counted) })
  }
  for (const zoneId of wantedZones) coldByZone.delete(zoneId)
  const meanMs = measured.count === 0 ? null : Math.round(measured.sumMs / measured.count)
  return { items, refill: { ...refill, meanMs }, coldByZone }
}

/** Pages lie in the order of their paths: those of one path, and of one beginning, lie together. */
function firstPages({ paths, pathOf }: CoverInput): Int32Array {
  const first = new Int32Array(paths.length + 1)
  first[paths.length] = pathOf.length
  for (let page = pathOf.length - 1; page >= 0; page--) first[pathOf[page]!] = page
  return first
}

function reachedBy({ item, kind, low, high }: CoverItem, tags: ReadonlyMap<string, Int32Array>, firstOf: Int32Array): Int32Array {
  if (kind === 'tag') return tags.get(item) ?? new Int32Array(0)
  const from = firstOf[low]!
  return Int32Array.from({ length: firstOf[high]! - from }, (_none, at) => from + at)
}
