import { createBase, type Platform } from './base.ts'
import { createBuilding, createDeploying } from './building.ts'
import { createChecking } from './checking.ts'
import { createPurging } from './purging.ts'
import { createAbsences } from './away/absences.ts'
import { withoutSecrets } from './diagnosis/redact.ts'
import { createHooks } from './hooks/service.ts'
import { createNotices } from './notices/service.ts'
import { createPeople } from './people/people.ts'
import { createProjects } from './providers/local/projects.ts'
import { addMark } from './tags/marks.ts'
import { costOfPlan, hookPorts } from './hook-ports.ts'
import { describeEdge } from './sites/describe-edge.ts'
import { createDesktopState } from './shells/desktop-state.ts'
import { createWatcher } from './sites/watch.ts'

/** Puts the features together. Everything a feature needs of another is handed to it here. */
export function createFeatures(platform: Platform) {
  const base = createBase(platform, (siteId) => deploying.publishing.publisherOf(siteId, 'Frostline'))
  const { automation, changes, clock, connections, db, hookThread, http, log, note, secrets, stopped, vendors } = base
  const checking = createChecking(base)
  const { entries, pages } = checking
  const building = createBuilding(base, checking, () => deploying)
  const { buildQueue, builds } = building
  const purging = createPurging(base, checking, builds)
  const deploying = createDeploying(base, checking, purging)
  const { ledger, plans, priceOfPurge, visits } = purging
  const hooks = createHooks({
    db,
    clock,
    secrets,
    changes,
    log,
    stopped,
    note,
    thread: {
      receive: (input, onProgress, signal) => hookThread.run('receive', input, { onProgress, signal }),
      know: (known) => hookThread.run('know', known),
    },
    resolve: pages.resolve,
    mark: (mark) => void addMark(db, mark, clock()),
    ports: hookPorts({ buildQueue: buildQueue.queue, plans, refresh: entries.refresh, clock, stopped }),
    priceOf: priceOfPurge,
    costOf: (planId) => costOfPlan(db, planId, ledger.spent),
    visited: (siteId, host, path) => void visits.visited(siteId, host, path),
    paused: automation.paused,
  })
  const watcher = createWatcher({
    db,
    clock,
    changes,
    log,
    stopped,
    describeEdge: (siteId) => describeEdge(db, connections, siteId),
    syncBuilds: builds.sync,
    syncEntries: entries.sync,
    findPages: pages.find,
  })
  const sites = {
    db,
    secrets,
    clock,
    changes,
    connections,
    vendors,
    note,
    watch: watcher.watch,
    unwatch(siteId: string) {
      watcher.unwatch(siteId)
      void hooks.forgetSite(siteId).catch((error: unknown) => log.error({ err: error, siteId }, 'secrets of sources'))
    },
    reach: async (url: string) => (await http.fetchPage(url)).status,
  }

  return {
    ...base,
    ...checking,
    ...building,
    ...purging,
    ...deploying,
    desktop: createDesktopState(db, changes),
    notices: createNotices({
      db,
      clock,
      changes,
      log,
      stopped,
      async budgetOf(siteId) {
        const account = await base.accountOf(siteId)
        return { account, budget: ledger.budget(account) }
      },
    }),
    absences: createAbsences(db.raw, clock, () => changes.tell('hooks')),
    hooks,
    localBuilds: base.local,
    people: createPeople(db, clock, changes),
    projects: createProjects({ stopped, withoutSecrets }),
    sites,
    watcher,
  }
}
export type Features = ReturnType<typeof createFeatures>
