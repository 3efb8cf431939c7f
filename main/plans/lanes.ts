import { createLane, type Lane, type LaneOptions } from './lane.ts'
import { createMerging, type Merging } from './merging.ts'
import type { PurgeCovers } from './purge-covers.ts'

/** Pausing stops what runs by itself; nothing of it is lost. */
export interface AutomationPort {
  paused(): boolean
  onChange(listener: () => void): void
}

/** The lanes of all accounts. */
export interface Lanes {
  of(account: string): { readonly lane: Lane; readonly merging: Merging }
  /** Looks at all that waits again. */
  look(): void
  /** Resolves when `may` is true, which is asked again whenever something changes. Rejects when the signal aborts. */
  until(may: () => boolean, signal: AbortSignal): Promise<void>
}

export function createLanes(automation: AutomationPort, covers: PurgeCovers, options: Pick<LaneOptions, 'random'>): Lanes {
  const lanes = new Map<string, { readonly lane: Lane; readonly merging: Merging }>()
  const waiting = new Set<() => void>()
  const look = () => {
    for (const { lane } of lanes.values()) lane.look()
    for (const again of waiting) again()
  }
  automation.onChange(look)
  return {
    of(account) {
      const known = lanes.get(account)
      if (known) return known
      const lane = createLane({ ...options, paused: automation.paused })
      const made = { lane, merging: createMerging(covers, lane) }
      lanes.set(account, made)
      return made
    },
    look,
    until: (may, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        if (may()) return resolve()
        const leave = () => {
          waiting.delete(again)
          signal.removeEventListener('abort', stop)
        }
        const again = () => {
          if (!may()) return
          leave()
          resolve()
        }
        const stop = () => {
          leave()
          reject(signal.reason)
        }
        waiting.add(again)
        signal.addEventListener('abort', stop, { once: true })
      }),
  }
}
