import { FRESHNESS_WORDS } from '#shared/http-cache/freshness.ts'
import { SERVED_AS, type PageSort } from '#shared/pages.ts'
import { URGENCY, type Position } from '../sort.ts'
import { firstSlots, type After } from './first-slots.ts'
import type { SiteIndex } from './site-index.ts'

const URGENCY_OF_CODE = FRESHNESS_WORDS.map((word) => URGENCY.indexOf(word))
/** Names in the order in which SQL sorts them. */
const SERVED_SORTED = [...SERVED_AS].sort()
const RANK_OF_CODE = SERVED_AS.map((name) => SERVED_SORTED.indexOf(name))

export interface Sorted {
  readonly slots: number[]
  /** The value by which a slot was sorted, as SQL has it. */
  valueOf(slot: number): string | number
}

/** The first `limit` found slots in this order, after `from`. `words`: the words of all slots at the instant of the list. */
export function sortSlots(
  index: SiteIndex,
  found: Uint8Array,
  words: Uint8Array,
  sort: PageSort,
  from: Position | null,
  limit: number,
): Sorted {
  const { columns } = index
  if (sort.by === 'path') {
    const slots = inPathOrder(index, found, sort.descending, from, limit)
    return { slots, valueOf: (slot) => columns.paths.bytesOf(slot).toString() }
  }
  const keys = keysOf(index, words, sort.by)
  const served = sort.by === 'servedAs'
  let after: After | null = null
  if (from !== null) {
    const key = typeof from.value === 'number' ? from.value : SERVED_SORTED.findLastIndex((name) => name <= from.value)
    after = { key, slot: columns.firstAtLeast(sort.descending ? from.id : from.id + 1) }
  }
  return {
    slots: firstSlots(found, keys, sort.descending, after, limit),
    valueOf(slot) {
      const key = keys[slot] ?? 0
      return served ? (SERVED_SORTED[key] ?? 'unknown') : key
    },
  }
}

function keysOf(index: SiteIndex, words: Uint8Array, by: Exclude<PageSort['by'], 'path'>): Float64Array {
  const { columns } = index
  switch (by) {
    case 'zone':
      return filled(index, columns.zones)
    case 'servedAs':
      return ranks(index, columns.served, RANK_OF_CODE)
    case 'freshness':
      return ranks(index, words, URGENCY_OF_CODE)
    case 'checked':
      return columns.observedAt
    case 'timeLeft':
      return columns.freshUntil
    case 'ttfb':
      return columns.ttfbMs
  }
}

function filled({ scratch, count }: SiteIndex, values: Uint32Array): Float64Array {
  const keys = scratch.keys(count)
  keys.set(values.subarray(0, count))
  return keys
}

function ranks({ scratch, count }: SiteIndex, codes: Uint8Array, rankOf: readonly number[]): Float64Array {
  const keys = scratch.keys(count)
  for (let slot = 0; slot < count; slot += 1) keys[slot] = rankOf[codes[slot] ?? 0] ?? 0
  return keys
}

/** The found slots in path order, from a place on. */
export function inPathOrder(
  { order, columns }: SiteIndex,
  found: Uint8Array,
  descending: boolean,
  from: Position | null,
  limit: number,
): number[] {
  const { slots, count } = order
  const step = descending ? -1 : 1
  const end = descending ? -1 : count
  let place = descending ? count - 1 : 0
  if (from !== null) {
    // Between two slots, so that it does not matter whether the page itself is still there.
    const between = columns.firstAtLeast(descending ? from.id : from.id + 1) - 0.5
    place = order.firstAfter(Buffer.from(String(from.value)), between) - (descending ? 1 : 0)
  }
  const shown: number[] = []
  for (; place !== end && shown.length < limit; place += step) {
    const slot = slots[place] ?? 0
    if (found[slot] === 1) shown.push(slot)
  }
  return shown
}
