import type { Clock } from '#main/platform/clock.ts'
import { retryAfterMs } from '#main/platform/retry-after.ts'

/** How hard a site may be asked. */
export interface PaceLimits {
  /** Requests under way at one time. */
  readonly parallel: number
  /** Null: as many as the parallel ones bring. */
  readonly perSecond: number | null
}

/** The turns of requests to one site, whoever makes them. */
export interface Pace {
  set(limits: PaceLimits): void
  /** Undefined when the request may be sent at once; else resolves when it may. Rejects with the signal's reason. */
  turn(signal: AbortSignal): Promise<void> | undefined
  /** Call when a request that had its turn has ended. */
  done(): void
  /** The site has asked for a pause: no turn is given before. */
  slowDown(untilMs: number): void
  /** Null when there is no pause. */
  waitsUntilMs(): number | null
  readonly limits: PaceLimits
}

interface Waiting {
  go(): void
}

export function createPace(clock: Clock, first: PaceLimits): Pace {
  let limits = first
  let underWay = 0
  let nextAtMs = 0
  let pausedUntilMs = 0
  let timer: NodeJS.Timeout | null = null
  const waiting: Waiting[] = []

  const take = (): boolean => {
    const nowMs = clock()
    if (underWay >= limits.parallel || nowMs < pausedUntilMs || nowMs < nextAtMs) return false
    underWay += 1
    if (limits.perSecond !== null) nextAtMs = Math.max(nextAtMs, nowMs - 1_000 / limits.perSecond) + 1_000 / limits.perSecond
    return true
  }
  const pump = (): void => {
    while (waiting.length > 0 && take()) waiting.shift()?.go()
    if (waiting.length === 0 || underWay >= limits.parallel || timer) return
    const wakeMs = Math.max(1, Math.max(pausedUntilMs, nextAtMs) - clock())
    timer = setTimeout(
      () => {
        timer = null
        pump()
      },
      Math.min(wakeMs, 60_000),
    )
  }

  return {
    get limits() {
      return limits
    },
    set(next) {
      limits = next
      nextAtMs = 0
      pump()
    },
    turn(signal) {
      if (waiting.length === 0 && take()) return undefined
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const entry: Waiting = {
          go() {
            signal.removeEventListener('abort', stop)
            resolve()
          },
        }
        const stop = () => {
          waiting.splice(waiting.indexOf(entry), 1)
          reject(signal.reason)
        }
        signal.addEventListener('abort', stop, { once: true })
        waiting.push(entry)
        pump()
      })
    },
    done() {
      underWay -= 1
      pump()
    },
    slowDown(untilMs) {
      pausedUntilMs = Math.max(pausedUntilMs, untilMs)
    },
    waitsUntilMs: () => (pausedUntilMs > clock() ? pausedUntilMs : null),
  }
}

/** A site that asks for more than this is asked again all the same: a wrong header must not stop a check for ever. */
const LONGEST_PAUSE_MS = 15 * 60_000
const USUAL_PAUSE_MS = 5_000

/**
 * How long an answer asks us to wait before the next request, in milliseconds; null when it does not. Status 429 always
 * does, 503 when it says for how long (RFC 9110 §10.2.3: seconds, or a date).
 */
export function pauseAskedMs(status: number, retryAfter: string | undefined, nowMs: number): number | null {
  if (status !== 429 && (status !== 503 || retryAfter === undefined)) return null
  return Math.min(LONGEST_PAUSE_MS, retryAfterMs(retryAfter, nowMs) ?? USUAL_PAUSE_MS)
}
