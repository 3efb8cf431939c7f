import { AppError } from '#shared/errors.ts'
import type { Plan } from '#shared/plans.ts'
import type { VisitOutcome, VisitWatch } from '#shared/visits.ts'
import type { Budget } from '#shared/budget.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { createAutomaticPlans } from './automatic-plans.ts'
import { createEndStore } from './end-store.ts'
import { createPurgeVisited, type VisitedWorld } from './purge-visited.ts'
import { createRest } from './rest.ts'
import { createWatchStore } from './watch-store.ts'

export interface VisitsWorld extends Omit<VisitedWorld, 'store' | 'automatic'> {
  readonly db: Database
  readonly clock: Clock
  budgetOf(siteId: string): Promise<Budget>
  /** How often visits of one page count at most. */
  everyMinutes(siteId: string): number
  /** The path that a page has in the list of its site. */
  pathOf(siteId: string, path: string): string
}

/** Purges on visits: a page is purged when somebody looks at it, under a cap and until a date. */
export interface Visits {
  /** Watches pages of a plan that starts; in its transaction. */
  watch(plan: Plan, pageIds: readonly number[]): void
  /**
   * Somebody visited a page just now. Pages that are old are purged, after a refresh where a renderer keeps them; that
   * goes on after this returns. Never throws for what it is told.
   */
  visited(siteId: string, host: string, path: string): VisitOutcome
  read(planId: string): VisitWatch | null
  /** Nothing more is purged on visits. Throws `NOT_FOUND`, `CONFLICT` when it has ended. */
  cancel(planId: string, by: string): VisitWatch
  /** Goes on with what was begun, and looks from time to time whether a watch ends. */
  begin(): void
  /** Looks now. */
  look(): Promise<void>
}

const LOOK_EVERY_MS = 5_000

export function createVisits(world: VisitsWorld): Visits {
  const { db, clock, changes, log, stopped } = world
  const store = createWatchStore(db)
  const ends = createEndStore(db)
  const automatic = createAutomaticPlans(world.plans, world.budgetOf)
  const purges = createPurgeVisited({ ...world, store, automatic })
  const setProblem = (planId: string, problem: string) => store.setProblem([planId], problem).length > 0
  const rest = createRest({ ...world, ends, automatic, setProblem })
  const pageOf = db.raw.prepare<[string, string, string], { id: number; lastAtMs: number | null }>(
    `SELECT pages.id, page_visits.last_at AS lastAtMs FROM zones JOIN pages ON pages.zone_id = zones.id
     LEFT JOIN page_visits ON page_visits.page_id = pages.id WHERE zones.site_id = ? AND zones.host = ? AND pages.path = ?`,
  )
  const remember = db.raw
    .prepare(`INSERT INTO page_visits (page_id, first_at, last_at, visits) VALUES (@pageId, @nowMs, @nowMs, 1)
    ON CONFLICT (page_id) DO UPDATE SET last_at = @nowMs, visits = visits + 1`)

  function known(planId: string): VisitWatch {
    const watch = store.read(planId)
    if (watch) return watch
    throw new AppError('NOT_FOUND', 'No page of this plan waits for a visit.', { field: 'planId' })
  }

  async function look(): Promise<void> {
    for (const siteId of store.sitesAtWork()) purges.serve(siteId)
    await rest.look()
  }

  async function loop(): Promise<void> {
    while (!stopped.aborted) {
      await look().catch((error: unknown) => {
        if (!stopped.aborted) log.error({ err: error }, 'purges on visits')
      })
      await delay(LOOK_EVERY_MS, stopped)
    }
  }

  return {
    watch(plan, pageIds) {
      const { mostItems, lastsSeconds } = plan.when?.visits ?? { mostItems: 0, lastsSeconds: 0 }
      const by = plan.startedBy ?? plan.by
      const untilMs = clock() + lastsSeconds * 1_000
      store.add({ planId: plan.id, siteId: plan.siteId, by, mostItems, untilMs, pageIds })
      changes.tell('visits')
    },
    visited(siteId, host, path) {
      const page = pageOf.get(siteId, host.toLowerCase(), world.pathOf(siteId, path))
      if (!page) return 'not-known'
      const nowMs = clock()
      const everyMs = world.everyMinutes(siteId) * 60_000
      // A clock that was set back must not silence a page for long.
      const sinceMs = nowMs - (page.lastAtMs ?? -Infinity)
      if (sinceMs >= 0 && sinceMs < everyMs) return 'throttled'
      remember.run({ pageId: page.id, nowMs })
      const outcome = store.claim(page.id, nowMs)
      if (outcome === 'begun') {
        changes.tell('visits')
        purges.serve(siteId)
      }
      return outcome
    },
    read: (planId) => store.read(planId),
    cancel(planId, by) {
      if (known(planId).state !== 'watching')
        throw new AppError('CONFLICT', 'This has ended: no page waits for a visit any more.', { field: 'planId' })
      ends.cancel(planId)
      const siteId = store.siteOf(planId)
      if (siteId !== null)
        world.note(siteId, by, 'Cancelled: pages of a plan are not purged on visits any more.', {
          kind: 'purge',
          result: 'cancelled',
          about: { kind: 'plan', id: planId },
        })
      changes.tell('visits')
      return known(planId)
    },
    begin: () => void loop().catch(() => {}),
    look,
  }
}
