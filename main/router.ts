import { createRouterClient, type Router } from '@orpc/server'
import type { Contract } from '#shared/contract.ts'
import { awayHandlers } from './away/handlers.ts'
import { diagnosisHandlers } from './diagnosis/handlers.ts'
import { activityHandlers } from './activity/handlers.ts'
import { automationHandlers } from './automation/handlers.ts'
import { budgetHandlers } from './budget/handlers.ts'
import { createBuildJobs } from './builds/build-jobs.ts'
import { buildsHandlers } from './builds/handlers.ts'
import { publishedHandlers } from './builds/published-handlers.ts'
import { queueHandlers } from './builds/queue-handlers.ts'
import { nextBuildAtMs } from './builds/queue-view.ts'
import { projectsHandlers } from './builds/projects-handlers.ts'
import { deploysHandlers } from './builds/deploys-handlers.ts'
import { waitingAddresses } from './discovery/crawl-queue.ts'
import { discoveryHandlers } from './discovery/handlers.ts'
import { exportingHandlers } from './exporting/handlers.ts'
import { homeHandlers } from './home/handlers.ts'
import { hooksHandlers } from './hooks/handlers.ts'
import { inspectionHandlers } from './inspection/handlers.ts'
import { networkHandlers } from './network/handlers.ts'
import { pagesHandlers } from './pages/handlers.ts'
import { readPageRules } from './pages/page-rules.ts'
import { createPageViews } from './pages/views.ts'
import { pageViewsHandlers } from './pages/views-handlers.ts'
import { adviceHandlers } from './plans/advice/advice.ts'
import { peopleHandlers } from './people/handlers.ts'
import { plansHandlers } from './plans/handlers.ts'
import { publishingHandlers } from './publishing/handlers.ts'
import { noticesHandlers } from './notices/handlers.ts'
import { os, type CallContext } from './platform/rpc.ts'
import { behaviourFor } from './providers/cloudfront/purge-items.ts'
import { addSiteHandlers } from './sites/add-site-handlers.ts'
import { credentialsHandlers } from './sites/credentials/credentials-handlers.ts'
import { desktopHandlers } from './shells/handlers.ts'
import { sitesHandlers } from './sites/handlers.ts'
import { DEMO_SITE_KEY } from './sites/demo-site.ts'
import { settingsHandlers } from './sites/settings-handlers.ts'
import { tagsHandlers } from './tags/handlers.ts'
import { tourHandlers } from './tour/handlers.ts'
import { upkeepHandlers } from './upkeep/handlers.ts'
import { visitsHandlers } from './visits/handlers.ts'
import type { Features } from './features.ts'

/** Every call of the contract, answered by the features. */
export function createRouter(features: Features, version: string, demo: boolean): Router<Contract, CallContext> {
  const { checkSettings, countToCheck, runs } = features
  const { accountOf, activityLog, budgetSettings, builds, changes, checks, clock, connections, db, deploys, discovery } = features
  const { pastDays, reconciler, spending } = features
  const { entries, jobs, ledger, note, pages, plans, planStore, priceOfPurge, records, sites, reads, stopped, work } = features
  const { absences, hooks, visits } = features
  const router: Router<Contract, CallContext> = os.router({
    activity: activityHandlers({
      jobs,
      others: [createBuildJobs({ ...features.buildQueue, cancelBuild: builds.cancel, later: deploys.later, note })],
      activityLog,
      changes,
      version,
    }),
    addSite: addSiteHandlers(features.addSite),
    automation: automationHandlers({ automation: features.automation, note }),
    advice: adviceHandlers({
      clock,
      readFacts: (input) => work.run('readSiteFacts', input),
      budgetOf: async (siteId) => ledger.budget(await accountOf(siteId), siteId),
      pagesOf: planStore.pages,
      classesOf: (planId) => planStore.read(planId).when?.classes.map(({ tagClass }) => tagClass) ?? [],
    }),
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
    buildQueue: queueHandlers({ ...features.buildQueue, changes, note }),
    builds: buildsHandlers({ builds, db: db.raw, keepFiles: deploys.keepFiles, note, stopped }),
    credentials: credentialsHandlers(features.siteLife),
    discovery: discoveryHandlers({
      discovery,
      zoneCount: async (siteId) => (await pages.zones(siteId)).length,
      waiting: (siteId) => waitingAddresses(db.raw, siteId),
      readRules: (siteId) => readPageRules(db.raw, siteId),
    }),
    exporting: exportingHandlers({ db: db.raw, callsAs: (context) => createRouterClient(router, { context }) }),
    home: homeHandlers({
      db,
      clock,
      reads,
      classify: pages.classify,
      builds,
      builderOf: connections.builder,
      nextBuildAtMs: (siteId) => nextBuildAtMs(features.buildQueue, siteId),
    }),
    hooks: hooksHandlers({ hooks, note, changed: () => changes.tell('hooks') }),
    deploys: deploysHandlers({ db, deploys }),
    desktop: desktopHandlers(features),
    diagnosis: diagnosisHandlers({
      db: db.raw,
      clock,
      stopped,
      behaviourFor,
      collect: features.collect,
      sawPage: (siteId, pageId) => features.checkQuietly(siteId, pageId),
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
      readEdgeAnswers: (input) => work.run('readEdgeAnswers', input),
    }),
    network: networkHandlers(features),
    notices: noticesHandlers(features),
    pages: pagesHandlers({ db, clock, reads, entries, discover: pages.discover }),
    pageViews: pageViewsHandlers({ views: createPageViews(db, clock), changed: () => changes.tell('views') }),
    plans: plansHandlers({
      plans,
      store: planStore,
      lane: features.purgeLane,
      lines: reads.lines,
      refill: (siteId) => work.run('refillOfEverything', { siteId, nowMs: clock() }),
    }),
    people: peopleHandlers({ people: features.people, note }),
    published: publishedHandlers({ db, changes, stopped, builds, note, builderOf: connections.builder }),
    projects: projectsHandlers({ projects: features.projects, stopped }),
    publishing: publishingHandlers(features),
    siteSettings: settingsHandlers(features.siteLife),
    sites: sitesHandlers({ ...sites, removals: features.siteLife.removals }),
    tags: tagsHandlers({ db, clock, reads, changes, note, resolve: pages.resolve, priceOf: priceOfPurge }),
    tour: tourHandlers({ db, http: features.http, demo, demoKey: DEMO_SITE_KEY }),
    upkeep: upkeepHandlers({ upkeep: features.upkeep, changed: () => changes.tell('upkeep') }),
    visits: visitsHandlers({ visits }),
  })
  return router
}
