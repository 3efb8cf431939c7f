import { OBSERVATION_TRUST_MS, type FreshnessWord } from '#shared/http-cache/freshness.ts'
import { SERVED_AS, type PageCounts, type PageFilter } from '#shared/pages.ts'
import type { TagCounts } from '#shared/tags.ts'
import type { Query } from '#main/platform/database.ts'
import { toCounts } from '../counts.ts'
import { findSlots } from './list-from.ts'
import { wordOf, wordsAt } from './matching.ts'
import { EQUAL, ON_DEMAND, USABLE, WORD_CODE } from './page-columns.ts'
import type { SiteIndex } from './site-index.ts'
import { inPathOrder } from './sorting.ts'

/** The same as `countPages` gives. */
export async function countsFrom(index: SiteIndex, db: Query, filter: PageFilter, nowMs: number): Promise<PageCounts> {
  const { found, words } = await findSlots(index, db, filter, nowMs, true)
  const { served } = index.columns
  const tally = new Uint32Array(256 * SERVED_AS.length)
  for (let slot = 0; slot < found.length; slot += 1) {
    if (found[slot] === 0) continue
    const cell = (words[slot] ?? 0) * SERVED_AS.length + (served[slot] ?? 0)
    tally[cell] = (tally[cell] ?? 0) + 1
  }
  const groups = [...tally.entries()].flatMap(([cell, count]) => {
    const servedAs = SERVED_AS[cell % SERVED_AS.length] ?? 'unknown'
    return count === 0 ? [] : [{ word: wordOf(Math.floor(cell / SERVED_AS.length)), served_as: servedAs, count }]
  })
  return toCounts(groups, index.count, filter)
}

/** How many pages there are of each word, whether they are proven, and from where they were seen. */
export function groupsFrom(
  index: SiteIndex,
  nowMs: number,
): { word: FreshnessWord; proven: boolean; vantage: string | null; pages: number }[] {
  const { flags, vantages, observedAt, vantageNames } = index.columns
  const words = wordsAt(index, nowMs)
  // A word takes four bits, being proven one.
  const tally = new Uint32Array(vantageNames.length * 32)
  for (let slot = 0; slot < words.length; slot += 1) {
    const proven = ((flags[slot] ?? 0) & EQUAL) !== 0 && nowMs - (observedAt[slot] ?? 0) <= OBSERVATION_TRUST_MS
    const cell = (vantages[slot] ?? 0) * 32 + (words[slot] ?? 0) * 2 + (proven ? 1 : 0)
    tally[cell] = (tally[cell] ?? 0) + 1
  }
  return [...tally.entries()].flatMap(([cell, pages]) => {
    const vantage = vantageNames[cell >> 5] ?? null
    return pages === 0 ? [] : [{ word: wordOf((cell >> 1) & 15), proven: (cell & 1) === 1, vantage, pages }]
  })
}

/** Ids of the pages that match, in path order. */
export async function idsMatching(index: SiteIndex, db: Query, filter: PageFilter, nowMs: number): Promise<number[]> {
  const { found } = await findSlots(index, db, filter, nowMs)
  return inPathOrder(index, found, false, null, Infinity).map((slot) => index.columns.ids[slot] ?? 0)
}

/** Those of these ids that are pages of the site, in path order. */
export function idsInOrder(index: SiteIndex, pageIds: readonly number[]): number[] {
  const found = new Uint8Array(index.count)
  for (const id of pageIds) {
    const slot = index.columns.slotOf(id)
    if (slot !== -1) found[slot] = 1
  }
  return inPathOrder(index, found, false, null, Infinity).map((slot) => index.columns.ids[slot] ?? 0)
}

/** Pages of these for which no usable edge copy is known, so that a check may make the origin answer. */
export function rendersFrom(index: SiteIndex, pageIds: readonly number[], nowMs: number): number {
  const { columns } = index
  let renders = 0
  for (const id of pageIds) {
    const slot = columns.slotOf(id)
    if (slot === -1) continue
    const usable = ((columns.flags[slot] ?? 0) & USABLE) !== 0 && (columns.freshUntil[slot] ?? 0) > nowMs
    if (!usable) renders += 1
  }
  return renders
}

/** Pages that the origin renders for every request that reaches it. */
export function onDemandFrom({ columns }: SiteIndex): number {
  let pages = 0
  for (let slot = 0; slot < columns.count; slot += 1) if (((columns.flags[slot] ?? 0) & ON_DEMAND) !== 0) pages += 1
  return pages
}

/** Edges keep no more tags of a page than this. */
const TAGS_AT_MOST = 50

/** Old copies, waiting and crowded pages of each of these tags. Tags without any are left out. */
export function tagCountsFrom(index: SiteIndex, tagIds: readonly number[], nowMs: number): TagCounts[] {
  const words = wordsAt(index, nowMs)
  const counts = new Map(tagIds.map((tagId) => [tagId, { tagId, oldCopies: 0, waiting: 0, crowded: 0 }]))
  for (let slot = 0; slot < words.length; slot += 1) {
    const old = words[slot] === WORD_CODE.outdated
    const waits = words[slot] === WORD_CODE.pending
    const crowded = index.tags.countOf(slot) > TAGS_AT_MOST
    if (!old && !waits && !crowded) continue
    index.tags.forEach(slot, (tagId) => {
      const of = counts.get(tagId)
      if (!of) return
      if (old) of.oldCopies += 1
      if (waits) of.waiting += 1
      if (crowded) of.crowded += 1
    })
  }
  return [...counts.values()].filter((of) => of.oldCopies + of.waiting + of.crowded > 0)
}
