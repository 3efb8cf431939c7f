import type { DemoClock } from '../platform/clock.ts'
import { isRecord, type StateStore } from '../platform/state.ts'
import type { SsrEntryStore } from './entry-store.ts'
import type { Refresher } from './refresher.ts'
import { longTtlSeconds, ttlSecondsOf, type SsrEntry } from './ssr-entry.ts'
import type { SsrSettings } from './ssr-settings.ts'

export interface VisitCheckParts {
  readonly clock: DemoClock
  readonly state: StateStore
  readonly store: SsrEntryStore
  readonly refresher: Refresher
  readonly settings: SsrSettings
  /** Has the edge drop its copies of one path: one item of the month's allowance. */
  readonly purge: (path: string, callerReference: string) => Promise<void>
}

/** A visitor's report: which page, and when what he saw was rendered. */
export interface Visit {
  readonly path: string
  readonly refreshedOn: string
}

export interface VisitCounts {
  readonly received: number
  readonly purged: number
  /** Purges that the hourly cap put off. */
  readonly putOff: number
}

const stateKey = 'visit check purges'
const hourMs = 3_600_000

/**
 * Invalidation on visit: a page that was marked as expired costs a refresh and a purge only once somebody looks at it.
 * The purge follows the refresh, because the edge would store the old page again.
 */
export class VisitCheck {
  readonly #parts: VisitCheckParts
  readonly #busy = new Map<string, Promise<void>>()
  #counts = { received: 0, purged: 0, putOff: 0 }
  #closed = false

  constructor(parts: VisitCheckParts) {
    this.#parts = parts
  }

  get counts(): VisitCounts {
    return this.#counts
  }

  /** Does in the background what the visit calls for. */
  receive(visit: Visit): void {
    this.#counts.received += 1
    const entry = this.#parts.store.find(visit.path)
    if (this.#closed || entry === null || this.#busy.has(visit.path) || !isPurgeDue(entry, visit)) return
    const work = this.#refreshAndPurge(entry)
      // A refresh or purge that failed stays due: the next visit tries again.
      .catch(() => undefined)
      .finally(() => this.#busy.delete(visit.path))
    this.#busy.set(visit.path, work)
  }

  /** Lets no more begin and waits for what has begun. */
  async close(): Promise<void> {
    this.#closed = true
    await this.idle()
  }

  /** Waits for what has begun. */
  async idle(): Promise<void> {
    await Promise.all(this.#busy.values())
  }

  /** Waits for what has begun, then counts from zero. */
  async reset(): Promise<void> {
    await this.idle()
    this.#counts = { received: 0, purged: 0, putOff: 0 }
  }

  async #refreshAndPurge({ path, marks, markedOn }: SsrEntry): Promise<void> {
    const { clock, state, store, refresher, settings, purge } = this.#parts
    const recent = purgesWithinHour(state, clock.nowMs())
    if (recent.length >= settings.purgesPerHour) {
      this.#counts.putOff += 1
      return
    }
    state.write(stateKey, [...recent, clock.nowMs()])
    // A visitor elsewhere may have caused the refresh already.
    if (markedOn !== null) {
      const { error } = await refresher.anew(path)
      if (error !== null) return
    }
    await purge(path, `visit-check ${path} ${String(marks)}`)
    if (this.#closed) return
    store.clearPurgeDue(path, marks)
    this.#counts.purged += 1
  }
}

/** @returns null when the report is not readable. */
export function parseVisit(body: string): Visit | null {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return null
  }
  if (!isRecord(value)) return null
  const { path, refreshedOn } = value
  if (typeof path !== 'string' || typeof refreshedOn !== 'string' || Number.isNaN(Date.parse(refreshedOn))) return null
  return { path, refreshedOn }
}

/** Nobody has purged the page since it was marked, and the visitor saw a rendering from before the mark. */
function isPurgeDue(entry: SsrEntry, visit: Visit): boolean {
  if (entry.purgeDueOn === null || ttlSecondsOf(entry.path) !== longTtlSeconds) return false
  return Date.parse(visit.refreshedOn) <= Date.parse(entry.purgeDueOn)
}

function purgesWithinHour(state: StateStore, nowMs: number): readonly number[] {
  return (state.read(stateKey, isInstants) ?? []).filter((purgedMs) => purgedMs > nowMs - hourMs)
}

function isInstants(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((instant) => typeof instant === 'number')
}
