import { createBase, type Platform } from './base.ts'
import { createBuilding, createDeploying } from './building.ts'
import { createChecking } from './checking.ts'
import { createPurging } from './purging.ts'
import { heldBecause } from './builds/pins.ts'
import { createAbsences } from './away/absences.ts'
import { withoutSecrets } from './diagnosis/redact.ts'
import { createHooks } from './hooks/service.ts'
import { createNotices } from './notices/service.ts'
import { createPeople } from './people/people.ts'
import { createCredentialPlaces } from './providers/cloudfront/profiles.ts'
import { homeFolder } from './platform/folders.ts'
import { createProjects } from './providers/local/projects.ts'
import { addMark } from './tags/marks.ts'
import { costOfPlan, hookPorts } from './hook-ports.ts'
import { describeEdge } from './sites/describe-edge.ts'
import type { LookInput } from './sites/look-at-site.ts'
import { createDesktopState } from './shells/desktop-state.ts'
import { createUpkeep } from './upkeep/service.ts'
import { createWatcher } from './sites/watch.ts'
import { createSiteLife } from './site-life.ts'

/** Puts the features together. Everything a feature needs of another is handed to it here. */
export function createFeatures(platform: Platform) {
  const base = createBase(platform, (siteId) => deploying.publishing.publisherOf(siteId, 'Frostline'))
  const { automation, changes, clock, connections, db, hookThread, http, log, note, secrets, stopped, vendors } = base
  const checking = createChecking(base)
  const { entries, pages } = checking
  const building = createBuilding(base, checking, () => deploying)
  const { buildQueue, builds } = building
  const purging = createPurging(base, checking, builds)
  const deploying = createDeploying(base, checking, purging, async (siteId) => builds.sync(siteId, stopped))
  const { ledger, plans, priceOfPurge, visits } = purging
  const hooks = createHooks({
    db,
    clock,
    http,
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
    ports: hookPorts({
      buildQueue: buildQueue.queue,
      plans,
      heldBecause: (siteId, builds) => heldBecause(db, siteId, builds),
      refresh: entries.refresh,
      clock,
      stopped,
    }),
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
    describeEdge: (siteId, signal) => describeEdge(db, connections, siteId, signal),
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
    unwatch: watcher.unwatch,
    reach: async (url: string) => (await http.fetchPage(url)).status,
  }

  const siteLife = createSiteLife({ base, building, checking, purging, hooks, sites })

  return {
    ...base,
    ...checking,
    ...building,
    ...purging,
    ...deploying,
    addSite: {
      db,
      vendors,
      stopped,
      credentials: createCredentialPlaces(clock),
      look: (input: LookInput, signal: AbortSignal) => base.work.run('lookAtSite', input, { signal }),
    },
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
    siteLife,
    sites,
    upkeep: createUpkeep({
      ...base,
      clean: (text) => withoutSecrets(base.scrub(text)).replaceAll(homeFolder(), '~'),
      readTableSizes: () => base.work.run('tableSizes', {}),
      readNetwork: base.networkService.view,
    }),
    watcher,
  }
}
export type Features = ReturnType<typeof createFeatures>
