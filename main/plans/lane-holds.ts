import type { PurgeQuotas } from '#main/providers/edge.ts'
import type { Ticket, Wait } from './lane-ticket.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'

/** What the purges of an account take of the vendor's quotas. */
export interface Holds {
  whyNot(ticket: Ticket, automatic: boolean, nowMs: number): Wait | null
  /** The quotas that a purge needs, each by the name of its reason and, where it is one's own, the distribution. */
  needs(ticket: Ticket): string[]
  /** `nowMs`: null when it was sent earlier. */
  take(ticket: Ticket, nowMs: number | null): void
  answered(ticket: Ticket, tookMs: number, nowMs: number): void
  ended(purgeId: string): void
  inProgress(target: string): { readonly items: number; readonly prefixes: number }
}

/** Of what may be in progress, what runs by itself may use; the rest is kept for people. */
const AUTOMATIC_SHARE = 0.8

export function createHolds(): Holds {
  const open = new Map<string, Ticket>()
  let buckets: { readonly items: TokenBucket; readonly prefixes: TokenBucket } | null = null

  const bucketsOf = ({ perSecond }: PurgeQuotas) => {
    buckets ??= { items: createTokenBucket(perSecond.items), prefixes: createTokenBucket(perSecond.prefixes) }
    return buckets
  }
  const inProgress = (target: string) => {
    const sum = { items: 0, prefixes: 0 }
    for (const ticket of open.values()) {
      if (ticket.target !== target) continue
      sum.items += ticket.items
      sum.prefixes += ticket.prefixes
    }
    return sum
  }
  return {
    inProgress,
    needs: ({ target, prefixes, quotas }) =>
      quotas === null
        ? []
        : [
            'items-per-second',
            `items-in-progress ${target}`,
            ...(prefixes > 0 ? ['prefixes-per-second', `prefixes-in-progress ${target}`] : []),
          ],
    whyNot({ target, items, prefixes, quotas }, automatic, nowMs) {
      if (quotas === null) return null
      const share = automatic ? AUTOMATIC_SHARE : 1
      const busy = inProgress(target)
      // More than there may be at all goes when nothing else does: then the vendor decides.
      const full = (most: number, now: number, more: number) => more > 0 && now > 0 && now + more > Math.floor(most * share)
      if (full(quotas.inProgress.items, busy.items, items)) return { reason: 'items-in-progress', forMs: null }
      if (full(quotas.inProgress.prefixes, busy.prefixes, prefixes)) return { reason: 'prefixes-in-progress', forMs: null }
      const { items: itemTokens, prefixes: prefixTokens } = bucketsOf(quotas)
      const itemsMs = itemTokens.waitMs(items, automatic ? quotas.perSecond.items - automaticItems(quotas) : 0, nowMs)
      if (itemsMs > 0) return { reason: 'items-per-second', forMs: itemsMs }
      const prefixesMs = prefixes === 0 ? 0 : prefixTokens.waitMs(prefixes, 0, nowMs)
      return prefixesMs > 0 ? { reason: 'prefixes-per-second', forMs: prefixesMs } : null
    },
    take(ticket, nowMs) {
      open.set(ticket.purgeId, ticket)
      if (ticket.quotas === null || nowMs === null) return
      const { items, prefixes } = bucketsOf(ticket.quotas)
      items.take(ticket.items, nowMs)
      prefixes.take(ticket.prefixes, nowMs)
    },
    answered({ items, prefixes, quotas }, tookMs, nowMs) {
      if (quotas === null) return
      const of = bucketsOf(quotas)
      of.items.answered(items, tookMs, nowMs)
      of.prefixes.answered(prefixes, tookMs, nowMs)
    },
    ended: (purgeId) => void open.delete(purgeId),
  }
}

/** Items a second that may go by themselves; people find the others at any moment. */
export function automaticItems({ perSecond }: PurgeQuotas): number {
  return Math.max(1, Math.floor(perSecond.items / 2))
}
