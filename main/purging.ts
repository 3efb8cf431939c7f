import { createPastDays } from './budget/past-days.ts'
import { createSpending } from './budget/spend.ts'
import type { Base } from './base.ts'
import type { Checking } from './checking.ts'
import type { Builds } from './builds/service.ts'
import { createLedger } from './budget/ledger.ts'
import { createOthers } from './budget/others.ts'
import { createReadings } from './budget/readings.ts'
import { createReconciler } from './budget/reconciler.ts'
import { createPurgeRecords } from './budget/records.ts'
import { createSettingsStore } from './budget/settings.ts'
import { heldBecause } from './builds/pins.ts'
import { createCollector } from './diagnosis/collector.ts'
import { createOneSentence } from './diagnosis/one-sentence.ts'
import { visitMinutes } from './hooks/visits.ts'
import { originProblem } from './inspection/origin-probe.ts'
import { pathReader } from './pages/page-rules.ts'
import { createPlansFeature } from './plans/feature.ts'
import { tariffOf } from './providers/vendors.ts'
import { checkItem, keyedItem } from './providers/cloudfront/purge-items.ts'
import { accountsOfSites } from './sites/accounts.ts'
import { readDistribution } from './sites/read-sites.ts'
import { readSettings } from './sites/store.ts'
import { createVisits } from './visits/visits.ts'

/** The ledger of an account, the plans that spend from it, and purges on visits. */
export function createPurging(base: Base, { checks, entries, pages }: Checking, builds: Builds) {
  const { accountOf, automation, changes, clock, connections, db, http, jobs, log, note, stopped, work } = base
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
  const collect = createCollector({
    clock,
    askEdge: (input, signal) => work.run('askEdge', input, { signal }),
    askAround: (input, signal) => work.run('askAround', input, { signal }),
    recall: (input) => work.run('recall', input),
    rendererOf: connections.renderer,
    objectsOf: connections.objects,
  })
  const {
    plans,
    store,
    queue,
    priceOf: priceOfPurge,
    lane: purgeLane,
    wishes: purgeWishes,
    keepSettling: keepSettlingPurges,
  } = createPlansFeature({
    db,
    clock,
    changes,
    log,
    stopped,
    ledger,
    automation,
    accountOf,
    note,
    checkItem,
    keyOf: keyedItem,
    classify: pages.classify,
    cover: (wish) => work.run('coverPages', wish),
    resolve: pages.resolve,
    startJob: jobs.start,
    edgeOf: connections.edge,
    builds,
    check: checks.run,
    diagnose: createOneSentence(collect),
    distributionOf: (siteId) => readDistribution(db.query, siteId),
    builderOf: connections.builder,
    rendererOf: connections.renderer,
    async originProblem(siteId, page) {
      const { originUrl } = await readSettings(db.query, siteId)
      return originUrl === null ? null : originProblem(http, originUrl, page)
    },
    renderer: entries,
    heldBecause: (siteId, buildsFirst) => heldBecause(db, siteId, buildsFirst),
    watchVisits: (plan, pageIds) => visits.watch(plan, pageIds),
  })
  const visits = createVisits({
    db,
    clock,
    changes,
    log,
    stopped,
    note,
    plans: { ...plans, pages: store.pages, drop: store.drop, wasSent: queue.wasSent },
    budgetOf: async (siteId) => ledger.budget(await accountOf(siteId), siteId),
    everyMinutes: visitMinutes(db),
    pathOf: (siteId, path) => pathReader(db.raw, siteId)(path),
  })

  return {
    budgetSettings,
    collect,
    keepSettlingPurges,
    ledger,
    pastDays: createPastDays(db, clock),
    plans,
    planStore: store,
    priceOfPurge,
    purgeLane,
    purgeWishes,
    reconciler,
    records,
    spending: createSpending(db, budgetSettings),
    visits,
  }
}
export type Purging = ReturnType<typeof createPurging>
