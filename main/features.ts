import type { ActivityFacts } from '#shared/activity.ts'
import type { RunSelection } from '#shared/inspection-runs.ts'
import { createAbsences } from './away/absences.ts'
import { createActivityLog } from './activity/activity-log.ts'
import { createJobs } from './activity/jobs.ts'
import { createLedger } from './budget/ledger.ts'
import { createOthers } from './budget/others.ts'
import { createPastDays } from './budget/past-days.ts'
import { createReadings } from './budget/readings.ts'
import { createReconciler } from './budget/reconciler.ts'
import { createPurgeRecords } from './budget/records.ts'
import { createSettingsStore } from './budget/settings.ts'
import { createSpending } from './budget/spend.ts'
import { createDeploys } from './builds/deploys.ts'
import { heldBecause } from './builds/pins.ts'
import { createBuilds } from './builds/service.ts'
import { createDiscovery } from './discovery/service.ts'
import { createHooks } from './hooks/service.ts'
import type { HookTasks } from './hooks-thread.ts'
import { createEntries } from './entries/service.ts'
import { createChecks } from './inspection/checks.ts'
import { createCheckSettings } from './inspection/check-settings.ts'
import { originProblem } from './inspection/origin-probe.ts'
import { createRuns } from './inspection/runs.ts'
import { createSchedule } from './inspection/schedule.ts'
import type { ImportRelease } from './builds/releases.ts'
import { writePageRules } from './pages/page-rules.ts'
import { createPagesPort } from './pages/port.ts'
import { createPlansFeature } from './plans/feature.ts'
import type { Clock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'
import type { Secrets } from './platform/secrets.ts'
import { createVendors, tariffOf } from './providers/vendors.ts'
import { checkItem } from './providers/cloudfront/purge-items.ts'
import { createConnections } from './sites/connections.ts'
import { addMark } from './tags/marks.ts'
import { costOfPlan, hookPorts } from './hook-ports.ts'
import { describeEdge } from './sites/describe-edge.ts'
import { accountsOfSites } from './sites/accounts.ts'
import { readDistribution } from './sites/read-sites.ts'
import { readSettings } from './sites/store.ts'
import { createWatcher } from './sites/watch.ts'
import type { Reads } from './reads.ts'
import type { WorkTasks } from './work-thread.ts'
import type { Database } from './platform/database.ts'
import type { Changes } from './platform/changes.ts'
import type { Http } from './platform/http.ts'
import type { WorkThread } from './platform/workers.ts'

/** What the features stand on. */
export interface Platform {
  readonly clock: Clock
  readonly log: Log
  readonly secrets: Secrets
  readonly stopped: AbortSignal
  readonly db: Database
  readonly changes: Changes
  readonly http: Http
  readonly work: WorkThread<WorkTasks>
  readonly reads: Reads
  readonly hookThread: WorkThread<HookTasks>
}

/** Puts the features together. Everything a feature needs of another is handed to it here. */
export function createFeatures(platform: Platform) {
  const { clock, log, secrets, stopped, db, changes, http, work, reads, hookThread } = platform
  const jobs = createJobs(changes, clock, log)
  const activityLog = createActivityLog(db, changes, clock)
  const note = (siteId: string | null, by: string, text: string, facts: ActivityFacts = { kind: 'other' }) =>
    activityLog.write({ siteId, by, text, facts })
  const vendors = createVendors(http)
  const connections = createConnections(db, secrets, vendors)
  const accountOf = async (siteId: string) => (await readSettings(db.query, siteId)).edge.account
  const budgetSettings = createSettingsStore(db, clock, tariffOf)
  const ledger = createLedger(db, clock, budgetSettings)
  const records = createPurgeRecords(db, budgetSettings)
  const reconciler = createReconciler({
    clock,
    log,
    changes,
    stopped,
    readings: createReadings(db, clock),
    others: createOthers(db, clock, ledger.commit),
    accounts: () => accountsOfSites(db.raw),
    purgesOf: async (siteId) => (await connections.edge(siteId)).account ?? null,
    startJob: jobs.start,
  })
  const checks = createChecks({
    changes,
    startJob: jobs.start,
    runTask: async (input, onProgress, signal) => {
      const done = await work.run('check', input, { onProgress, signal })
      await entries.after(input.siteId, input.pageIds)
      return done
    },
  })
  const entries = createEntries({
    db,
    clock,
    changes,
    log,
    stopped,
    note,
    rendererOf: connections.renderer,
    importEntries: (input) => work.run('importEntries', input),
    dropEntries: (input) => work.run('dropEntries', input),
    found: (siteId, pageIds) => pages.found(siteId, pageIds),
    check: (siteId, pageIds, signal) => checks.run(siteId, pageIds, () => {}, signal),
  })
  const checkSettings = createCheckSettings(db, clock)
  const countToCheck = (siteId: string, selection: RunSelection, nowMs: number) =>
    work.run('countToCheck', { siteId, selection, nowMs })
  const runs = createRuns({
    db,
    clock,
    changes,
    stopped,
    note,
    startJob: jobs.start,
    cancelJob: jobs.cancel,
    runTask: (input, onProgress, signal) => work.run('checkRun', input, { onProgress, signal }),
    count: countToCheck,
    after: (siteId, pageIds) =>
      entries.after(siteId, pageIds).catch((error: unknown) => log.error({ err: error, siteId }, 'after a check')),
  })
  const schedule = createSchedule({ settings: checkSettings, runs, log, stopped })
  const pages = createPagesPort({
    db: db.query,
    changes,
    jobs,
    resolve: reads.resolve,
    nextToCheck: reads.nextToCheck,
    check: (siteId, pageIds) => void checks.start(siteId, pageIds),
    runTask: (input, onProgress, signal) => work.run('discover', input, { onProgress, signal }),
  })
  const discovery = createDiscovery({
    changes,
    jobs,
    zones: pages.zones,
    newPages: (siteId, pageIds) => pages.found(siteId, pageIds),
    note: (siteId, person, text) => void (stopped.aborted || note(siteId, person, text)),
    writeRules: (siteId, rules) => writePageRules(db.raw, siteId, rules),
    run: {
      discover: (input, onProgress, signal) => work.run('discover', input, { onProgress, signal }),
      crawl: (input, onProgress, signal) => work.run('crawl', input, { onProgress, signal }),
      findInList: (input, onProgress, signal) => work.run('findInList', input, { onProgress, signal }),
      findInFolder: (input, onProgress, signal) => work.run('findInFolder', input, { onProgress, signal }),
      findInNext: (input, onProgress, signal) => work.run('findInNext', input, { onProgress, signal }),
      previewRules: (input) => work.run('previewRules', input),
      mergePages: (input, onProgress, signal) => work.run('mergePages', input, { onProgress, signal }),
    },
  })
  const importRelease: ImportRelease = async (siteId, manifest, as) =>
    work.run('importManifest', { siteId, manifest, as, zones: await pages.zones(siteId) })
  const builds = createBuilds({
    db,
    clock,
    changes,
    log,
    stopped,
    builderOf: connections.builder,
    importRelease,
    edgeOf: connections.edge,
    synced: (siteId) => deploys.diffs.fill(siteId),
  })
  const {
    plans,
    store,
    priceOf: priceOfPurge,
  } = createPlansFeature({
    db,
    clock,
    changes,
    log,
    stopped,
    ledger,
    accountOf,
    note,
    checkItem,
    classify: pages.classify,
    cover: (wish) => work.run('coverPages', wish),
    resolve: pages.resolve,
    startJob: jobs.start,
    edgeOf: connections.edge,
    builds,
    check: checks.run,
    distributionOf: (siteId) => readDistribution(db.query, siteId),
    builderOf: connections.builder,
    rendererOf: connections.renderer,
    async originProblem(siteId, page) {
      const { originUrl } = await readSettings(db.query, siteId)
      return originUrl === null ? null : originProblem(http, originUrl, page)
    },
    renderer: entries,
    heldBecause: (siteId, buildsFirst) => heldBecause(db, siteId, buildsFirst),
  })
  const deploys = createDeploys({
    db,
    clock,
    changes,
    log,
    stopped,
    note,
    importRelease,
    plans,
    builderOf: connections.builder,
    edgeOf: connections.edge,
    planOf: store.read,
    previewPurge: plans.previewAs,
    countOnDemand: reads.countOnDemand,
    startJob: jobs.start,
    storeFiles: (input) => work.run('storeReleaseFiles', input),
    compare: (input) => work.run('compareReleases', input),
  })
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
    ports: hookPorts({ builds, plans, refresh: entries.refresh, clock, stopped }),
    priceOf: priceOfPurge,
    costOf: (planId) => costOfPlan(db, planId, ledger.spent),
    visited: () => {},
    paused: () => false,
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
    ...platform,
    absences: createAbsences(db.raw, clock, () => changes.tell('hooks')),
    accountOf,
    activityLog,
    budgetSettings,
    builds,
    checks,
    checkSettings,
    connections,
    countToCheck,
    deploys,
    discovery,
    entries,
    hooks,
    jobs,
    ledger,
    note,
    pages,
    plans,
    planStore: store,
    priceOfPurge,
    pastDays: createPastDays(db, clock),
    reconciler,
    records,
    runs,
    schedule,
    sites,
    spending: createSpending(db, budgetSettings),
    watcher,
  }
}
export type Features = ReturnType<typeof createFeatures>
