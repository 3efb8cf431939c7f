import { AppError } from '#shared/errors.ts'
import type { Reading, ReadingState } from '#shared/hook-readings.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Http } from '#main/platform/http.ts'
import type { Log } from '#main/platform/log.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import { ask, type AskedPage } from './ask.ts'
import { SlowDown } from './ask-json.ts'
import type { DueReading, Readings } from './readings.ts'

/** Asks sources what they could not deliver: at a start, at a wake, and every hour. */
export interface Asker {
  /** Asks every source that may be asked, soon. */
  look(): void
  /** Asks one, and waits for its end. Throws `NOT_FOUND`. */
  askNow(sourceId: string): Promise<ReadingState>
  /**
   * Asks for the first part before anything is kept. Throws what the vendor refused with.
   * @param token null keeps the one in the vault.
   */
  save(sourceId: string, reading: Reading, token: string | null): Promise<void>
  remove(sourceId: string): Promise<void>
  /** Ends with the signal. */
  run(): Promise<void>
}

export interface AskerParts {
  readonly readings: Readings
  readonly http: Http
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Log
  readonly stopped: AbortSignal
  /** Changes were found and wait to be worked through. */
  found(): void
  changed(): void
}

const LOOK_MS = 10_000
const HOUR_MS = 3_600_000
/** A machine that has just woken is often offline for a moment. */
const AGAIN_MS = [15_000, 60_000, 300_000, 900_000] as const
/** A vendor that says less than this gets it nevertheless. */
const LEAST_WAIT_MS = 5_000

/** The name of a source's reading token in the vault. */
export const tokenName = (sourceId: string) => `hook:${sourceId}:reading`

export function createAsker(parts: AskerParts): Asker {
  const { readings, secrets, clock, stopped } = parts
  const running = new Map<string, { again: boolean; ended: Promise<void> }>()

  async function askPage(sourceId: string, reading: Reading, cursor: string | null, token: string | null): Promise<AskedPage> {
    const knownIds = () => readings.knownIds(sourceId)
    return ask(reading, { http: parts.http, token, cursor, knownIds, nowMs: clock(), signal: stopped })
  }

  async function askAll(sourceId: string): Promise<void> {
    const token = await secrets.get(tokenName(sourceId))
    for (;;) {
      const one = readings.read(sourceId)
      if (one === null || stopped.aborted) return
      const page = await askPage(sourceId, one.reading, one.cursor, token)
      if (readings.take(one, page, clock()) > 0) parts.found()
      if (!page.more) break
    }
    readings.ended(sourceId, clock() + HOUR_MS, clock())
  }

  async function attempt(sourceId: string): Promise<void> {
    try {
      await askAll(sourceId)
    } catch (error) {
      if (stopped.aborted) return
      const one = readings.read(sourceId)
      if (one) readings.failed(sourceId, problemOf(error, one, clock()))
      if (!(error instanceof AppError)) parts.log.error({ err: error, sourceId }, 'asking a source')
    }
    if (!stopped.aborted) parts.changed()
  }

  /** What is asked for while it is being asked may have changed after that: then it is asked once more. */
  function askOne(sourceId: string): Promise<void> {
    const now = running.get(sourceId)
    if (now) {
      now.again = true
      return now.ended
    }
    const entry = { again: true, ended: Promise.resolve() }
    running.set(sourceId, entry)
    const asking = async () => {
      try {
        while (entry.again && !stopped.aborted) {
          entry.again = false
          await attempt(sourceId)
        }
      } finally {
        running.delete(sourceId)
      }
    }
    entry.ended = asking()
    return entry.ended
  }

  const askDue = () => {
    for (const { sourceId } of readings.due(clock())) if (!running.has(sourceId)) void askOne(sourceId)
  }
  return {
    look() {
      readings.hasten(clock())
      for (const { sourceId } of readings.due(clock())) void askOne(sourceId)
    },
    async askNow(sourceId) {
      await askOne(sourceId)
      const state = readings.state(sourceId)
      if (state) return state
      throw new AppError('NOT_FOUND', 'This source is not asked.', {
        field: 'sourceId',
        fix: 'Let it be asked first: choose “Ask it for changes…” of the source.',
      })
    },
    async save(sourceId, reading, given) {
      await running.get(sourceId)?.ended
      const token = given ?? (await secrets.get(tokenName(sourceId)))
      const page = await askPage(sourceId, reading, null, token)
      if (given !== null) await secrets.set(tokenName(sourceId), given)
      readings.save(sourceId, reading, token !== null, page, clock())
      void askOne(sourceId)
    },
    async remove(sourceId) {
      readings.remove(sourceId)
      await secrets.remove(tokenName(sourceId))
    },
    async run() {
      while (!stopped.aborted) {
        askDue()
        await delay(LOOK_MS, stopped)
      }
    },
  }
}

/** What is told at the source until it answers again. What it would have told is not lost: it is asked for again. */
function problemOf(error: unknown, { failures }: DueReading, nowMs: number): NonNullable<ReadingState['problem']> {
  const steps = AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? HOUR_MS
  const said = error instanceof SlowDown && error.waitSeconds !== null ? error.waitSeconds * 1_000 : null
  const soon = error instanceof AppError && error.details.retryable === true
  const againAtMs = nowMs + (said === null ? (soon ? steps : HOUR_MS) : Math.max(said, LEAST_WAIT_MS))
  if (error instanceof AppError) return { message: error.message, fix: error.details.fix ?? '', againAtMs }
  return { message: 'The source could not be asked: Frostline has a fault here.', fix: 'Look into the log.', againAtMs }
}
