import { countOf } from '#shared/count-of.ts'
import type { BuildCause, BuildHold, BuildSettings } from '#shared/build-queue.ts'
import type { Changes } from '#main/platform/changes.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Log } from '#main/platform/log.ts'
import type { BuildSettingsStore } from './build-settings.ts'
import { mergeCauses, oneCause, startsAt, titleOf } from './coalesce.ts'
import { readPin, switchUnderWay, switchWaiting } from './pins.ts'
import type { QueueStore, Waiting } from './queue-store.ts'
import { startBuild, type StartWorld } from './start-build.ts'

export interface QueueWorld extends Omit<StartWorld, 'transact' | 'begun'> {
  readonly db: Database
  readonly changes: Changes
  readonly log: Log
  readonly settings: BuildSettingsStore
  readonly store: QueueStore
  readonly clock: Clock
  /** After so long a running build of the site counts as stuck, and holds nobody back any more. */
  stuckAfterMs(siteId: string): Promise<number>
  /** Pages of the site that wait for a build. */
  changedPages(siteId: string): number
  /** The builder holds the site at a release by itself. */
  heldByService?(siteId: string): boolean
  /** Nothing may begin by itself. */
  paused?(siteId: string): boolean
  note(siteId: string, title: string, causes: readonly BuildCause[], buildId: string): void
}

/** What a build is wanted for. `person`: one asked for it, so it waits for nothing but a build that runs. */
export interface Wanted {
  readonly source: string
  /** Null when only the number of changes is told. */
  readonly cause: string | null
  /** One, unless told. */
  readonly changes?: number
  readonly person?: boolean
}

export interface BuildQueueService {
  /**
   * Wants a build. It is on disk when this returns, and may be called within a transaction of the caller's. Returns whether
   * the build begins at once.
   */
  request(siteId: string, wanted: Wanted): { readonly begins: boolean }
  /** Begins the waiting build, whatever runs. False when none waits. */
  runNow(siteId: string): boolean
  cancel(siteId: string): boolean
  holds(waiting: Waiting): Promise<BuildHold | null>
  /** Begins what is due. Resolves when every service that was asked has answered. */
  look(): Promise<void>
  /** Looks from time to time until the program ends. */
  begin(): void
}

const LOOK_EVERY_MS = 1_000

export function createBuildQueue(world: QueueWorld): BuildQueueService {
  const { db, store, settings, clock, changes, log, stopped } = world
  const asking = new Map<string, Promise<void>>()
  const start: StartWorld = {
    ...world,
    transact: db.transact,
    begun: ({ siteId, title, causes }, buildId) => world.note(siteId, title, causes, buildId),
  }

  function isIdle(siteId: string, nowMs: number): boolean {
    const quietMs = settings.read(siteId).quietSeconds * 1000
    if (store.begun(siteId) !== null || store.lastBuildAtMs(siteId) > nowMs - quietMs) return false
    return !store.underWay(siteId, 0)
  }

  async function builds(siteId: string): Promise<boolean> {
    return store.underWay(siteId, clock() - (await world.stuckAfterMs(siteId)))
  }

  const pinned = (siteId: string) =>
    readPin(db, siteId) !== null || switchUnderWay(db, siteId) !== null || world.heldByService?.(siteId) === true

  const holds: BuildQueueService['holds'] = async ({ siteId, urgent, forced, startsAtMs }) => {
    if (startsAtMs === null) return 'refused'
    if (forced) return null
    if (!urgent && world.paused?.(siteId) === true) return 'paused'
    if (switchWaiting(db, siteId) !== null) return 'switch'
    if (!urgent && pinned(siteId)) return 'pinned'
    return store.begun(siteId) !== null || (await builds(siteId)) ? 'build' : null
  }

  /** The intent and the end of the waiting are one transaction: a crash leaves one or the other. */
  function takeUp(siteId: string): void {
    db.transact(() => {
      const waiting = store.waiting(siteId)
      const nowMs = clock()
      // Between the look at it and now it may have been put off, or refused.
      if (waiting?.startsAtMs === undefined || waiting.startsAtMs === null || waiting.startsAtMs > nowMs) return
      if (store.begun(siteId)) return
      store.dropWaiting(siteId)
      const { causes } = waiting
      store.saveBegun({
        siteId,
        causes,
        title: titleOf(causes),
        begunAtMs: nowMs,
        afterRow: store.lastRow(),
        attempts: 0,
        retryAtMs: nowMs,
        problem: null,
      })
    })
  }

  /** @param fresh it was begun just now, so nothing can have come of it yet. */
  function ask(siteId: string, fresh: boolean): void {
    const begun = store.begun(siteId)
    if (!begun || asking.has(siteId)) return
    const run = startBuild(start, begun, fresh)
      .catch((error: unknown) => {
        if (!stopped.aborted) log.error({ err: error, siteId }, 'a build could not be begun')
      })
      .finally(() => {
        asking.delete(siteId)
        if (!stopped.aborted) changes.tell('buildQueue', 'builds')
      })
    asking.set(siteId, run)
  }

  async function beginWaiting(waiting: Waiting): Promise<void> {
    const { siteId } = waiting
    if (asking.has(siteId) || store.begun(siteId) !== null || (await holds(waiting)) !== null) return
    takeUp(siteId)
    ask(siteId, true)
  }

  function takeSchedules(): void {
    for (const { siteId, onlyIfChanged } of settings.takeDue()) {
      const pages = world.changedPages(siteId)
      if (onlyIfChanged && pages === 0) continue
      request(siteId, {
        source: 'the schedule',
        cause: onlyIfChanged ? `Scheduled: ${countOf(pages, 'changed page')}` : 'Scheduled build',
      })
    }
  }

  async function look(): Promise<void> {
    takeSchedules()
    const nowMs = clock()
    for (const { siteId } of store.begunDue(nowMs)) ask(siteId, false)
    for (const waiting of store.due(nowMs)) await beginWaiting(waiting)
    await Promise.all(asking.values())
  }

  const lookSoon = () =>
    queueMicrotask(() => {
      if (!stopped.aborted) look().catch((error: unknown) => log.error({ err: error }, 'waiting builds'))
    })

  function request(siteId: string, { source, cause, changes: count = 1, person = false }: Wanted): { begins: boolean } {
    const nowMs = clock()
    const before = store.waiting(siteId)
    const idle = isIdle(siteId, nowMs)
    const startsAtMs = person ? nowMs : nextStart(before, nowMs, idle, settings.read(siteId))
    store.saveWaiting({
      siteId,
      // The same wish of a person twice is one.
      causes:
        person && has(before, source, cause)
          ? (before?.causes ?? [])
          : mergeCauses(before?.causes ?? [], [oneCause(source, cause, count)]),
      firstAtMs: before?.firstAtMs ?? nowMs,
      lastAtMs: nowMs,
      startsAtMs,
      urgent: person || before?.urgent === true,
      forced: before?.forced ?? false,
      problem: person ? null : (before?.problem ?? null),
      fix: person ? null : (before?.fix ?? null),
    })
    changes.tell('buildQueue')
    if (startsAtMs <= nowMs) lookSoon()
    return { begins: startsAtMs <= nowMs && (idle || (person && store.begun(siteId) === null && !store.underWay(siteId, 0))) }
  }

  return {
    request,
    holds,
    look,
    runNow(siteId) {
      const nowMs = clock()
      const waiting = store.waiting(siteId)
      const begun = store.begun(siteId)
      if (waiting) store.saveWaiting({ ...waiting, startsAtMs: nowMs, urgent: true, forced: true, problem: null, fix: null })
      if (begun) store.saveBegun({ ...begun, retryAtMs: nowMs })
      changes.tell('buildQueue')
      lookSoon()
      return waiting !== null || begun !== null
    },
    cancel(siteId) {
      const waited = store.dropWaiting(siteId)
      const gaveUp = !asking.has(siteId) && !waited && store.dropBegun(siteId)
      changes.tell('buildQueue')
      return waited || gaveUp
    },
    begin() {
      const loop = async () => {
        while (!stopped.aborted) {
          await look().catch((error: unknown) => log.error({ err: error }, 'waiting builds'))
          await delay(LOOK_EVERY_MS, stopped)
        }
      }
      loop().catch(() => {})
    },
  }
}

function has(waiting: Waiting | null, source: string, cause: string | null): boolean {
  return cause !== null && waiting?.causes.some((known) => known.source === source && known.latest.includes(cause)) === true
}

/** What a person wants keeps its time. A service that refused is asked again by itself after the longest time only. */
function nextStart(before: Waiting | null, nowMs: number, idle: boolean, settings: BuildSettings): number {
  if (before !== null && (before.urgent || before.problem !== null) && before.startsAtMs !== null) return before.startsAtMs
  if (before !== null && before.startsAtMs === null) return nowMs + settings.longestSeconds * 1000
  return startsAt({ nowMs, firstAtMs: before?.firstAtMs ?? null, idle }, settings)
}
