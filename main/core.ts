import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import type { ActivityFacts } from '#shared/activity.ts'
import type { Role } from '#shared/calls.ts'
import type { RunSelection } from '#shared/inspection-runs.ts'
import { activityHandlers } from './activity/handlers.ts'
import { createActivityLog } from './activity/activity-log.ts'
import { createJobs } from './activity/jobs.ts'
import { budgetHandlers } from './budget/handlers.ts'
import { createLedger } from './budget/ledger.ts'
import { createPurgeRecords } from './budget/records.ts'
import { createSettingsStore } from './budget/settings.ts'
import { buildsHandlers } from './builds/handlers.ts'
import { createDeploys } from './builds/deploys.ts'
import { deploysHandlers } from './builds/deploys-handlers.ts'
import { heldBecause } from './builds/pins.ts'
import { createBuilds } from './builds/service.ts'
import { createEntries } from './entries/service.ts'
import { homeHandlers } from './home/handlers.ts'
import { createChecks } from './inspection/checks.ts'
import { createCheckSettings } from './inspection/check-settings.ts'
import { inspectionHandlers } from './inspection/handlers.ts'
import { originProblem } from './inspection/origin-probe.ts'
import { createRuns } from './inspection/runs.ts'
import { createSchedule } from './inspection/schedule.ts'
import type { ImportRelease } from './builds/releases.ts'
import { pagesHandlers } from './pages/handlers.ts'
import { createPagesPort } from './pages/port.ts'
import { plansHandlers } from './plans/handlers.ts'
import { createPlansFeature } from './plans/feature.ts'
import { createChanges } from './platform/changes.ts'
import type { Clock } from './platform/clock.ts'
import { openDatabase } from './platform/database.ts'
import { createHttp } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import { os } from './platform/rpc.ts'
import type { Secrets } from './platform/secrets.ts'
import { startWorkThread } from './platform/workers.ts'
import { createVendors } from './providers/vendors.ts'
import { checkItem } from './providers/cloudfront/purge-items.ts'
import { createConnections } from './sites/connections.ts'
import { DEMO_SITE_KEY, runDemoSite } from './sites/demo-site.ts'
import { describeEdge } from './sites/describe-edge.ts'
import { addSite, sitesHandlers } from './sites/handlers.ts'
import { readDistribution } from './sites/read-sites.ts'
import { readSettings } from './sites/store.ts'
import { createWatcher } from './sites/watch.ts'
import { tagsHandlers } from './tags/handlers.ts'
import type { WorkTasks } from './work-thread.ts'

export interface CoreOptions {
  readonly dataFolder: string
  readonly programFolder: string
  readonly workThreadUrl: URL
  readonly secrets: Secrets
  readonly version: string
  readonly demo: boolean
  readonly clock: Clock
  readonly log: Log
}

export interface Core {
  connect(port: MessagePort, identity: { readonly person: string; readonly role: Role }): void
  /** The machine was asleep: every site is looked at now, rather than at the end of its pause. */
  wake(): void
  busy(): readonly string[]
  close(): Promise<void>
}

/** Puts the features together. Everything a feature needs of another is handed to it here. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { clock, log, secrets } = options
  const stop = new AbortController()
  const stopped = stop.signal
  const db = await openDatabase(join(options.dataFolder, 'frostline.db'))
  const changes = createChanges()
  const http = createHttp()
  const work = startWorkThread<WorkTasks>(options.workThreadUrl, { dataFolder: options.dataFolder })

  const jobs = createJobs(changes, clock, log)
  const activityLog = createActivityLog(db, changes, clock)
  const note = (siteId: string | null, by: string, text: string, facts: ActivityFacts = { kind: 'other' }) =>
    activityLog.write({ siteId, by, text, facts })
  const vendors = createVendors(http)
  const connections = createConnections(db, secrets, vendors)
  const accountOf = async (siteId: string) => (await readSettings(db.query, siteId)).edge.account
  const budgetSettings = createSettingsStore(db, clock)
  const ledger = createLedger(db, clock, budgetSettings)
  const records = createPurgeRecords(db, budgetSettings)
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
    checkItem,
    check: (siteId, pageIds) => void checks.start(siteId, pageIds),
    runTask: (input, onProgress, signal) => work.run('discover', input, { onProgress, signal }),
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
    startJob: jobs.start,
    storeFiles: (input) => work.run('storeReleaseFiles', input),
    compare: (input) => work.run('compareReleases', input),
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
    unwatch: watcher.unwatch,
    reach: async (url: string) => (await http.fetchPage(url)).status,
  }

  const router = os.router({
    activity: activityHandlers({ jobs, activityLog, changes, version: options.version }),
    budget: budgetHandlers({ ledger, settings: budgetSettings, records, changes, accountOf, note }),
    builds: buildsHandlers({ builds, note, stopped }),
    home: homeHandlers({ db, clock, classify: pages.classify, builds, builderOf: connections.builder }),
    deploys: deploysHandlers({ db, deploys }),
    inspection: inspectionHandlers({
      db,
      clock,
      checks,
      runs,
      countToCheck,
      settings: checkSettings,
      setPace: (siteId) => work.run('setPace', { siteId }),
      showFirst: (siteId, pageIds) => work.run('showFirst', { siteId, pageIds }),
      changed: () => changes.tell('sites'),
      stopped,
      note,
      resolve: pages.resolve,
      askOrigin: (input) => work.run('askOrigin', input),
      compareBodies: (input) => work.run('compareBodies', input),
    }),
    pages: pagesHandlers({ db, clock, entries, discover: pages.discover }),
    plans: plansHandlers({ plans, store }),
    sites: sitesHandlers(sites),
    tags: tagsHandlers({ db, clock, changes, note, resolve: pages.resolve, classify: pages.classify, priceOf: priceOfPurge }),
  })
  const handler = new RPCHandler(router)
  const siteById = db.raw.prepare('SELECT 1 FROM sites WHERE id = ?')
  const watched = db.raw.prepare<[], { id: string }>('SELECT id FROM sites')
  const knowsSite = (siteId: string) => siteById.get(siteId) !== undefined

  for (const site of await db.query.selectFrom('sites').select(['id', 'key']).execute()) {
    if (!options.demo || site.key !== DEMO_SITE_KEY) watcher.watch(site.id)
  }
  plans.resume()
  deploys.switches.resume()
  runs.resumeAll()
  schedule.begin()
  if (options.demo)
    void runDemoSite({ ...options, stopped, add: (site) => addSite(sites, site) }).catch((error: unknown) =>
      log.error({ err: error }, 'the built-in stack'),
    )

  return {
    connect(port, identity) {
      handler.upgrade(port, { context: { ...identity, log, knowsSite } })
      port.start()
    },
    wake() {
      for (const { id } of watched.all()) watcher.watch(id)
      void schedule.look()
    },
    busy: () => [
      ...plans.busy(),
      ...jobs
        .list()
        .filter((job) => job.state === 'running' && job.kind !== 'plan')
        .map((job) => job.title),
    ],
    async close() {
      stop.abort()
      await jobs.stop()
      await work.close()
      connections.close()
      await http.close()
      db.close()
    },
  }
}
