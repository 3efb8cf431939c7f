import type { Router } from '@orpc/server'
import type { Contract } from '#shared/contract.ts'
import { awayHandlers } from './away/handlers.ts'
import { createCollector } from './diagnosis/collector.ts'
import { diagnosisHandlers } from './diagnosis/handlers.ts'
import { activityHandlers } from './activity/handlers.ts'
import { budgetHandlers } from './budget/handlers.ts'
import { buildsHandlers } from './builds/handlers.ts'
import { deploysHandlers } from './builds/deploys-handlers.ts'
import { waitingAddresses } from './discovery/crawl-queue.ts'
import { discoveryHandlers } from './discovery/handlers.ts'
import { homeHandlers } from './home/handlers.ts'
import { hooksHandlers } from './hooks/handlers.ts'
import { inspectionHandlers } from './inspection/handlers.ts'
import { pagesHandlers } from './pages/handlers.ts'
import { readPageRules } from './pages/page-rules.ts'
import { plansHandlers } from './plans/handlers.ts'
import { os, type CallContext } from './platform/rpc.ts'
import { behaviourFor } from './providers/cloudfront/purge-items.ts'
import { sitesHandlers } from './sites/handlers.ts'
import { tagsHandlers } from './tags/handlers.ts'
import type { Features } from './features.ts'

/** Every call of the contract, answered by the features. */
export function createRouter(features: Features, version: string): Router<Contract, CallContext> {
  const { checkSettings, countToCheck, runs } = features
  const { accountOf, activityLog, budgetSettings, builds, changes, checks, clock, connections, db, deploys, discovery } = features
  const { pastDays, reconciler, spending } = features
  const { entries, jobs, ledger, note, pages, plans, planStore, priceOfPurge, records, sites, reads, stopped, work } = features
  const { absences, hooks } = features
  return os.router({
    activity: activityHandlers({ jobs, activityLog, changes, version }),
    away: awayHandlers(absences, () => changes.tell('hooks')),
    budget: budgetHandlers({
      accountOf,
      changes,
      ledger,
      note,
      pastDays,
      reconciler,
      records,
      settings: budgetSettings,
      spending,
    }),
    builds: buildsHandlers({ builds, note, stopped }),
    discovery: discoveryHandlers({
      discovery,
      zoneCount: async (siteId) => (await pages.zones(siteId)).length,
      waiting: (siteId) => waitingAddresses(db.raw, siteId),
      readRules: (siteId) => readPageRules(db.raw, siteId),
    }),
    home: homeHandlers({ db, clock, reads, classify: pages.classify, builds, builderOf: connections.builder }),
    hooks: hooksHandlers({ hooks, note, changed: () => changes.tell('hooks') }),
    deploys: deploysHandlers({ db, deploys }),
    diagnosis: diagnosisHandlers({
      db: db.raw,
      clock,
      stopped,
      behaviourFor,
      collect: createCollector({
        clock,
        askEdge: (input, signal) => work.run('askEdge', input, { signal }),
        askAround: (input, signal) => work.run('askAround', input, { signal }),
        recall: (input) => work.run('recall', input),
        rendererOf: connections.renderer,
        objectsOf: connections.objects,
      }),
    }),
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
      reads,
      askOrigin: (input) => work.run('askOrigin', input),
      compareBodies: (input) => work.run('compareBodies', input),
    }),
    pages: pagesHandlers({ db, clock, reads, entries, discover: pages.discover }),
    plans: plansHandlers({ plans, store: planStore }),
    sites: sitesHandlers(sites),
    tags: tagsHandlers({ db, clock, reads, changes, note, resolve: pages.resolve, priceOf: priceOfPurge }),
  })
}
