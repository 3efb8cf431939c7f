import type { VisitWatch } from '#shared/visits.ts'
import { createChanges } from '#main/platform/changes.ts'
import { visitMinutes } from '#main/hooks/visits.ts'
import { silentLog } from '#main/platform/log.ts'
import { createVisits, type Visits } from '#main/visits/visits.ts'
import { eventually } from './core-client.ts'
import { ACCOUNT, nowFresh, plansWorld, SITE, type PlansOptions, type PlansWorld } from './plans-world.ts'
import type { StoredSite } from './stored-site.ts'

export interface VisitsWorld {
  readonly visits: Visits
  readonly plans: PlansWorld
  /** Sentences that were noted in Activity. */
  readonly notes: string[]
  /** Moves the clock of visits on. */
  pass(ms: number): void
  visit(path: string): ReturnType<Visits['visited']>
  /** A plan of these pages that is started with all of them purged when visited; its id. */
  watched(pageIds: number[], mostItems?: number): Promise<string>
  /** The watch, when it is as it should be. */
  until(planId: string, right: (watch: VisitWatch) => boolean): Promise<VisitWatch>
  /** The same data after a crash. */
  restart(): VisitsWorld
  stop(): Promise<void>
}

/** Plans and visits together on one real database; only the edge at the other end of the wire is the test's. */
export function visitsWorld(site: StoredSite, options: PlansOptions = {}, passedMs = 0): VisitsWorld {
  const stop = new AbortController()
  const notes: string[] = []
  let aheadMs = passedMs
  const plans = plansWorld(site, {
    onCheck: (ids) => nowFresh(site, ids),
    ...options,
    watchVisits: (plan, pageIds) => visits.watch(plan, pageIds),
  })
  const { feature, ledger } = plans
  const visits: Visits = createVisits({
    db: site.db,
    clock: () => Date.now() + aheadMs,
    changes: createChanges(),
    log: silentLog,
    stopped: stop.signal,
    note: (_siteId, _by, text) => void notes.push(text),
    plans: { ...feature.plans, pages: feature.store.pages, drop: feature.store.drop, wasSent: feature.queue.wasSent },
    budgetOf: async (siteId) => ledger.budget(ACCOUNT, siteId),
    everyMinutes: visitMinutes(site.db),
    pathOf: (_siteId, path) => path,
  })
  return {
    visits,
    plans,
    notes,
    pass(ms) {
      aheadMs += ms
    },
    visit: (path) => visits.visited(SITE, 'www.example.com', path),
    async watched(pageIds, mostItems = 100) {
      const { id } = await feature.plans.create(SITE, { kind: 'pages', pageIds }, 'Ada')
      const limits = { mostItems, lastsSeconds: 3_600 }
      await feature.plans.revise(id, { when: { choice: 'when-visited' }, visits: limits, build: false })
      await feature.plans.start(id, 'Ada')
      await plans.ended(id)
      return id
    },
    until: (planId, right) =>
      eventually(
        async () => {
          const watch = visits.read(planId)
          if (!watch) throw new Error('There is no watch.')
          return watch
        },
        right,
        10_000,
      ),
    restart() {
      stop.abort()
      void plans.stop()
      const next = visitsWorld(site, options, aheadMs)
      next.plans.feature.plans.resume()
      return next
    },
    async stop() {
      stop.abort()
      await plans.stop()
    },
  }
}
