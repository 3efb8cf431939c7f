import { AppError } from '#shared/errors.ts'
import type { Edge, PurgeReceipt } from '#main/providers/edge.ts'
import type { Purge } from './purge-rows.ts'

export interface LookUpWorld {
  readonly edge: Edge
  /** The id that the vendor knows the edge by; null before it was read. */
  readonly distributionId: string | null
  /** Remote ids that belong to other purges. */
  knows(remoteId: string): boolean
}

/** What the vendor's list says of a purge whose answer was lost. `unknown`: it cannot be told, and why. */
export type Found =
  | { readonly kind: 'found'; readonly receipt: PurgeReceipt; readonly items: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly because: string }

/** The clock here may have been wrong when the purge was intended; what the vendor lists is by its own. */
const CLOCK_SLACK_MS = 25 * 3_600_000
/** Newer purges of others than these are not read through for one lost answer. */
const PAGES_AT_MOST = 10

/**
 * Looks a purge up by its reference among those that the vendor lists, the newest first, back to when it was intended.
 * Throws only when `signal` aborts.
 */
export async function lookUp(purge: Purge, world: LookUpWorld, signal: AbortSignal): Promise<Found> {
  const { edge, distributionId } = world
  const { account } = edge
  if (!account || distributionId === null) return { kind: 'unknown', because: 'This edge keeps no list of purges.' }
  const sinceMs = purge.intentAtMs - CLOCK_SLACK_MS
  let cursor: string | null = null
  try {
    for (let page = 1; page <= PAGES_AT_MOST; page += 1) {
      const listed = await account.list(distributionId, cursor, signal)
      for (const { remoteId, createdAtMs } of listed.purges) {
        if (createdAtMs !== null && createdAtMs < sinceMs) return { kind: 'absent' }
        if (world.knows(remoteId)) continue
        const read = await account.read(distributionId, remoteId, signal)
        if (read?.reference !== purge.reference) continue
        const receipt = await edge.purgeStatus(remoteId, signal)
        return { kind: 'found', receipt, items: read.items }
      }
      if (listed.next === null) return { kind: 'absent' }
      cursor = listed.next
    }
    return { kind: 'unknown', because: 'Too many purges were sent since to look through them.' }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    return { kind: 'unknown', because: [error.message, error.details.fix].filter(Boolean).join(' ') }
  }
}

/** Whether what was found is what was meant: vendors keep items in an order of their own. */
export function sameItems(some: readonly string[], others: readonly string[]): boolean {
  return [...new Set(some)].sort().join('\n') === [...new Set(others)].sort().join('\n')
}
