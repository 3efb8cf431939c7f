import { AppError } from '#shared/errors.ts'
import { delay, type Clock } from '#main/platform/clock.ts'

export interface PaceOptions {
  /** Calls a second over a longer time, and how many may come at once. */
  readonly callsPerSecond: number
  readonly burst: number
  readonly clock: Clock
  /** Waits; tests count it. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** From 0 to 1. */
  readonly random?: () => number
}

/** Keeps calls of one account's API below its limits, and waits longer each time when it asks to slow down. */
export interface Pace {
  /** Throws what the call throws; `THROTTLED` only after it was said many times in a row. */
  run<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T>
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** About four minutes of waiting. */
const TRIES = 9

export function createPace({ callsPerSecond, burst, clock, wait = delay, random = Math.random }: PaceOptions): Pace {
  let tokens = burst
  let countedAtMs = clock()

  async function token(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted()
      const nowMs = clock()
      // A clock that was set back gives nothing, one that was set forward a full bucket at most.
      const passedMs = Math.max(0, nowMs - countedAtMs)
      tokens = Math.min(burst, tokens + (passedMs / 1_000) * callsPerSecond)
      countedAtMs = nowMs
      if (tokens >= 1) break
      await wait(Math.max(1, Math.ceil(((1 - tokens) / callsPerSecond) * 1_000)), signal)
    }
    tokens -= 1
  }

  return {
    async run(call, signal) {
      for (let attempt = 1; ; attempt += 1) {
        await token(signal)
        try {
          return await call()
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'THROTTLED' || attempt === TRIES) throw error
          // Others wait for the same account: half of the wait is chance, so that they do not come back together.
          const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1))
          tokens = 0
          await wait(longest / 2 + (random() * longest) / 2, signal)
        }
      }
    },
  }
}
