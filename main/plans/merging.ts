import { coverageOf } from './coverage.ts'
import type { Lane } from './lane.ts'
import type { PurgeCovers } from './purge-covers.ts'
import type { Purge } from './purge-rows.ts'

/** Refuses the turn of a purge whose items go with another one. `next`: what is left of it. */
export class PurgeReplaced extends Error {
  override readonly name = 'PurgeReplaced'
  readonly next: Purge | null
  constructor(next: Purge | null) {
    super('Its items go with another purge.')
    this.next = next
  }
}

/** Takes items out of the queue that others in it make needless. */
export interface Merging {
  /**
   * A purge is about to wait for its turn. Items of it that go with waiting ones are taken out; what is left of it is
   * returned, null: nothing. What it makes needless itself is taken out of the others. A person's purge never goes with
   * one that may wait longer.
   */
  join(purge: Purge, automatic: () => boolean): Purge | null
}

export function createMerging(covers: PurgeCovers, lane: Lane): Merging {
  const joined = new Map<string, { readonly purge: Purge; automatic(): boolean }>()

  function waitingOf(siteId: string) {
    for (const id of joined.keys()) if (!lane.waits(id)) joined.delete(id)
    return [...joined.values()].filter(({ purge }) => purge.siteId === siteId)
  }

  return {
    join(purge, automatic) {
      let left = purge
      for (const other of waitingOf(purge.siteId)) {
        if (other.purge.id === left.id || (other.automatic() && !automatic())) continue
        const items = left.items.filter(coverageOf(other.purge.items))
        if (items.length === 0) continue
        const next = covers.cover(left, items, other.purge)
        if (next === null) return null
        left = next
      }
      for (const other of waitingOf(purge.siteId)) {
        if (other.purge.id === left.id || (automatic() && !other.automatic())) continue
        const items = other.purge.items.filter(coverageOf(left.items))
        if (items.length === 0) continue
        joined.delete(other.purge.id)
        lane.drop(other.purge.id, new PurgeReplaced(covers.cover(other.purge, items, left)))
      }
      joined.set(left.id, { purge: left, automatic })
      return left
    },
  }
}
