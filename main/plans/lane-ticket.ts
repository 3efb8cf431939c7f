import type { PurgeQuotas } from '#main/providers/edge.ts'

/** A purge that wants to be sent. */
export interface Ticket {
  readonly purgeId: string
  /** The distribution: quotas in progress are its own. */
  readonly target: string
  readonly items: number
  readonly prefixes: number
  /** Null: the edge has none. */
  readonly quotas: PurgeQuotas | null
  /** No person decided on it, or had it go at once. */
  automatic(): boolean
}

export type WaitReason =
  | 'merging'
  | 'paused'
  | 'calls'
  | 'throttled'
  | 'items-per-second'
  | 'prefixes-per-second'
  | 'items-in-progress'
  | 'prefixes-in-progress'

/** Why a purge is not sent yet, and for how long where that is known. */
export interface Wait {
  readonly reason: WaitReason
  readonly forMs: number | null
}
