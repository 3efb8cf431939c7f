import { createHolds, type Holds } from './lane-holds.ts'
import type { Ticket, Wait, WaitReason } from './lane-ticket.ts'

/** The right to make one call. Exactly one of these must be called. */
export interface Turn {
  accepted(): void
  /** The vendor asks everybody to wait. */
  throttled(): void
  /** It came to nothing, or nobody knows. */
  failed(): void
}

/**
 * The one way to the edge of all purges of an account. People go before what runs by itself and have slots that only
 * they may use; among equals the first come goes first.
 */
export interface Lane {
  /** Resolves when a call may be made. `says` is told whenever the reason of the waiting changes. */
  turn(ticket: Ticket, says: (wait: Wait) => void, signal: AbortSignal): Promise<Turn>
  /** It is in progress already: found so after a restart. */
  resumed(ticket: Ticket): void
  /** It is completed, or gone: what it held is free. */
  ended(purgeId: string): void
  /** A waiting purge need not be sent: its turn is refused with this reason. */
  drop(purgeId: string, reason: Error): void
  /** Whether a purge waits, and so has not been sent. */
  waits(purgeId: string): boolean
  /** How long the vendor asked everybody to wait, from now. */
  backOffMs(): number
  /** Looks again: something outside has changed. */
  look(): void
  state(): LaneState
}

export interface LaneState {
  readonly waiting: { readonly people: number; readonly automatic: number }
  readonly calls: number
  /** What holds the first one of each kind up. */
  readonly waits: readonly { readonly reason: WaitReason; readonly count: number; readonly forMs: number | null }[]
  inProgress(target: string): { readonly items: number; readonly prefixes: number }
}

export interface LaneOptions {
  /** Whether what runs by itself is paused. */
  paused(): boolean
  /** A clock that is never set; milliseconds. */
  readonly nowMs?: () => number
  /** From 0 to 1. */
  readonly random?: () => number
}

/** Calls under way at a time: one of them is for people only. */
const CALLS = 2
/** What runs by itself waits so long for others that make its items needless, unless nothing was sent lately. */
export const MERGE_MS = 2_000
const FIRST_BACK_OFF_MS = 1_000
const LONGEST_BACK_OFF_MS = 30_000

interface Waiting {
  readonly ticket: Ticket
  readonly heldUntilMs: number
  said: Wait | null
  says(wait: Wait): void
  grant(turn: Turn): void
  refuse(reason: unknown): void
}

export function createLane({ paused, nowMs = () => performance.now(), random = Math.random }: LaneOptions): Lane {
  const waiting: Waiting[] = []
  const holds: Holds = createHolds()
  let calls = 0
  let throttles = 0
  let backOffUntilMs = 0
  let lastCallMs = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  function whyNot({ ticket, heldUntilMs }: Waiting, now: number): Wait | null {
    const automatic = ticket.automatic()
    const until = (reason: WaitReason, untilMs: number) => (untilMs > now ? { reason, forMs: untilMs - now } : null)
    if (automatic && paused()) return { reason: 'paused', forMs: null }
    return (
      (automatic ? until('merging', heldUntilMs) : null) ??
      until('throttled', backOffUntilMs) ??
      holds.whyNot(ticket, automatic, now) ??
      (calls >= (automatic ? CALLS - 1 : CALLS) ? { reason: 'calls', forMs: null } : null)
    )
  }

  function grant(entry: Waiting, now: number): void {
    waiting.splice(waiting.indexOf(entry), 1)
    calls += 1
    lastCallMs = now
    holds.take(entry.ticket, now)
    const after = (then: () => void) => () => {
      calls -= 1
      holds.answered(entry.ticket, nowMs() - now, nowMs())
      then()
      look()
    }
    entry.grant({
      accepted: after(() => {
        throttles = 0
      }),
      failed: after(() => holds.ended(entry.ticket.purgeId)),
      throttled: after(() => {
        holds.ended(entry.ticket.purgeId)
        // Full jitter: others on the same account must not come back at the same moment.
        const longest = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** throttles)
        throttles += 1
        backOffUntilMs = Math.max(backOffUntilMs, nowMs() + random() * longest)
      }),
    })
  }

  function inOrder(): Waiting[] {
    return [...waiting.filter(({ ticket }) => !ticket.automatic()), ...waiting.filter(({ ticket }) => ticket.automatic())]
  }

  function look(): void {
    clearTimeout(timer)
    const now = nowMs()
    let nextMs = Number.POSITIVE_INFINITY
    /** What an earlier one waits for is not given to a later one. */
    const wanted = new Set<string>()
    for (const entry of inOrder()) {
      const before = holds.needs(entry.ticket).find((need) => wanted.has(need))
      const wait = whyNot(entry, now) ?? (before === undefined ? null : { reason: reasonOf(before), forMs: null })
      if (wait === null) {
        grant(entry, now)
        continue
      }
      const own = wait.reason.includes('-') ? holds.needs(entry.ticket).find((need) => need.startsWith(wait.reason)) : undefined
      if (own !== undefined) wanted.add(own)
      nextMs = Math.min(nextMs, wait.forMs ?? Number.POSITIVE_INFINITY)
      tell(entry, wait)
    }
    if (nextMs !== Number.POSITIVE_INFINITY) timer = setTimeout(look, Math.max(1, Math.ceil(nextMs)))
  }

  return {
    turn: (ticket, says, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const now = nowMs()
        // The first after a quiet time goes at once; those that follow may make each other needless.
        const quiet = waiting.length === 0 && calls === 0 && now - lastCallMs >= MERGE_MS
        const leave = () => {
          signal.removeEventListener('abort', abort)
          const at = waiting.indexOf(entry)
          if (at >= 0) waiting.splice(at, 1)
        }
        const abort = () => entry.refuse(signal.reason)
        const entry: Waiting = {
          ticket,
          heldUntilMs: quiet ? now : now + MERGE_MS,
          said: null,
          says,
          grant(turn) {
            leave()
            resolve(turn)
          },
          refuse(reason) {
            leave()
            reject(reason)
            look()
          },
        }
        signal.addEventListener('abort', abort, { once: true })
        waiting.push(entry)
        look()
      }),
    resumed: (ticket) => holds.take(ticket, null),
    ended(purgeId) {
      holds.ended(purgeId)
      look()
    },
    drop: (purgeId, reason) => waiting.find(({ ticket }) => ticket.purgeId === purgeId)?.refuse(reason),
    waits: (purgeId) => waiting.some(({ ticket }) => ticket.purgeId === purgeId),
    backOffMs: () => Math.max(0, backOffUntilMs - nowMs()),
    look,
    state() {
      const reasons = new Map<WaitReason, { count: number; forMs: number | null }>()
      for (const { said } of waiting) {
        if (said === null) continue
        const known = reasons.get(said.reason)
        reasons.set(said.reason, { count: (known?.count ?? 0) + 1, forMs: known?.forMs ?? said.forMs })
      }
      const automatic = waiting.filter(({ ticket }) => ticket.automatic()).length
      return {
        waiting: { people: waiting.length - automatic, automatic },
        calls,
        waits: [...reasons].map(([reason, of]) => ({ reason, ...of })),
        inProgress: holds.inProgress,
      }
    },
  }
}

function tell(entry: Waiting, wait: Wait): void {
  const { said } = entry
  entry.said = wait
  const same = said?.reason === wait.reason && (said.forMs === null) === (wait.forMs === null)
  if (!same) entry.says(wait)
}

function reasonOf(need: string): WaitReason {
  return need.split(' ')[0] as WaitReason
}
