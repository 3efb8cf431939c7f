import { join } from 'node:path'
import { MessagePort, parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import {
  compareReleases,
  releaseFiles,
  storeReleaseFiles,
  type CompareInput,
  type StoreInput,
} from './builds/release-files-task.ts'
import { askAround, type AskAroundInput, type AroundWorld } from './diagnosis/ask-around-task.ts'
import { askEdge, type AskEdgeInput, type EdgeWorld } from './diagnosis/ask-edge-task.ts'
import { recall, type RecallInput } from './diagnosis/recall-task.ts'
import { countAddresses } from './discovery/count-addresses.ts'
import { crawl, type CrawlInput } from './discovery/crawl-task.ts'
import { findInFolder, type FolderInput } from './discovery/folder-task.ts'
import { findInList, type ListInput } from './discovery/list-task.ts'
import { findInNext, type NextInput } from './discovery/next-task.ts'
import { siteTextReader } from './discovery/site-text.ts'
import { discover, type DiscoverInput } from './discovery/sitemaps-task.ts'
import type { FindReport } from './discovery/sources.ts'
import { dropEntries, importEntries, type DropEntriesInput, type ImportEntriesInput } from './entries/import-entries-task.ts'
import { httpInspector } from './inspection/http-inspector.ts'
import { askOrigin, compareBodies, type AskInput } from './inspection/ask-layers.ts'
import { readEdgeAnswers, type AnswersInput } from './inspection/edge-answers-task.ts'
import { htmlTags } from './inspection/html-tags.ts'
import { steadyBody } from './inspection/steady-body.ts'
import type { RunSelection } from '#shared/inspection-runs.ts'
import type { CheckProgress } from './inspection/check-all.ts'
import { checkPages, type CheckInput } from './inspection/check-task.ts'
import { createPaces } from './inspection/paced-site.ts'
import {
  checkRun,
  createShownPages,
  type RunInput,
  type RunReport,
  type StoreInput as ResultsInput,
} from './inspection/run-task.ts'
import { createRunStore } from './inspection/store-task.ts'
import { countToCheck, nextToCheck } from './pages/next-to-check.ts'
import { importManifest, type ImportInput } from './pages/import-manifest-task.ts'
import { dropPages, type DropPagesInput } from './pages/drop-pages-task.ts'
import { mergePages, previewRules, type RulesInput } from './pages/merge-pages-task.ts'
import { pathReader, readPageRules } from './pages/page-rules.ts'
import { createTagWriter, insertPages } from './pages/write-pages.ts'
import { freshnessSql } from './pages/freshness-sql.ts'
import { readSiteFacts, type AdviceInput } from './plans/advice/advice-task.ts'
import { coverPages, type CoverChoice } from './plans/cover/cover-task.ts'
import type { CoverWish } from './plans/cover/load-cover.ts'
import { refillOfEverything } from './plans/refill-task.ts'
import { readFolder, type ReadFolderInput } from './publishing/read-folder-task.ts'
import { systemClock } from './platform/clock.ts'
import { takeBackup } from './platform/backups.ts'
import { openDatabase } from './platform/database.ts'
import { readTableSizes } from './platform/table-sizes.ts'
import { createHttp } from './platform/http.ts'
import { networkOverPorts } from './platform/network-hub.ts'
import { keepRelease, type KeepInput } from './providers/local/keep-release-task.ts'
import { readRedirectsFile } from './providers/local/redirects-file.ts'
import { behaviourFor, itemMatches, keyedItem, policyFor } from './providers/cloudfront/purge-items.ts'
import { lookAtSite, type LookInput } from './sites/look-at-site.ts'
import { serveTasks, startWorkThread } from './platform/workers.ts'
import { endMarks } from './tags/mark-ends.ts'

/** The work thread: what parses, compares and writes in bulk. It has its own database connection and HTTP client. */
const { dataFolder, ...ports } = z
  .object({
    dataFolder: z.string(),
    networkPort: z.instanceof(MessagePort).optional(),
    systemPort: z.instanceof(MessagePort).optional(),
  })
  .parse(workerData)
const { raw: db, query } = await openDatabase(join(dataFolder, 'frostline.db'), { migrate: false })
// The core thread's cache serves the screens; here each page is touched once.
db.pragma('cache_size = -16384')
const clock = systemClock
const { networkPort, systemPort } = ports
const http = createHttp(networkPort && systemPort ? { network: networkOverPorts({ networkPort, systemPort }) } : {})
const paces = createPaces(db, clock)
const shown = createShownPages()
const checks = { db, clock, policyFor, paces, tagWriter: createTagWriter, endMarks, ...httpInspector(http) }
/** Stores what a check of a whole site finds, so that this thread need not wait for the disk. It starts with the first. */
const writer = startWorkThread<Pick<typeof tasks, 'storeResults'>>(new URL(import.meta.url), { dataFolder })
const storeRun = createRunStore(db, createTagWriter)

/** Registered hosts of a site, so that checks may reach it on a private address. */
function allowSite(siteId: string): () => void {
  const urls = db
    .prepare<[string, string], { url: string | null }>(
      `SELECT url FROM zones WHERE site_id = ? UNION ALL SELECT settings_json ->> '$.originUrl' FROM sites WHERE id = ?`,
    )
    .all(siteId, siteId)
  const releases = urls.flatMap(({ url }) => (url === null ? [] : [http.allow(url)]))
  return () => releases.forEach((release) => release())
}

async function within<T>(siteId: string, work: () => Promise<T>): Promise<T> {
  const release = allowSite(siteId)
  try {
    return await work()
  } finally {
    release()
  }
}

const diagnosis: EdgeWorld & AroundWorld = {
  db,
  clock,
  http,
  behaviourFor,
  itemMatches,
  releaseFiles,
  htmlTags,
  steadyBody,
}
/** What every way of finding pages needs. */
const taking = { db, clock, insertPages, readPageRules }

const tasks = {
  check: (input: CheckInput, report: (progress: CheckProgress) => void, signal: AbortSignal) =>
    within(input.siteId, () => checkPages(checks, input, report, signal)),
  checkRun: (input: RunInput & { siteId: string }, report: (progress: RunReport) => void, signal: AbortSignal) =>
    within(input.siteId, () =>
      checkRun(
        {
          ...checks,
          shown,
          nextPages: (...which) => nextToCheck(query, ...which),
          store: (batch) => writer.run('storeResults', batch),
        },
        input,
        report,
        signal,
      ),
    ),
  storeResults: async (input: ResultsInput) => storeRun(input),
  countToCheck: (input: { siteId: string; selection: RunSelection; nowMs: number }) =>
    countToCheck(query, input.siteId, input.selection, input.nowMs),
  showFirst: async (input: { siteId: string; pageIds: readonly number[] }) => shown.set(input.siteId, input.pageIds),
  setPace: async (input: { siteId: string }) => paces.reread(input.siteId),
  discover: (input: DiscoverInput, report: (progress: { found: number; files: number }) => void, signal: AbortSignal) =>
    within(input.siteId, () => discover({ ...taking, readText: siteTextReader(http) }, input, report, signal)),
  lookAtSite: (input: LookInput, _report: (progress: never) => void, signal: AbortSignal) =>
    lookAtSite(
      {
        http,
        isZone: (host) => db.prepare('SELECT 1 FROM zones WHERE host = ?').get(host) !== undefined,
        countPages: (origin, ends) => countAddresses(siteTextReader(http), origin, ends),
      },
      input,
      signal,
    ),
  crawl: (input: CrawlInput, report: FindReport, signal: AbortSignal) =>
    within(input.siteId, () =>
      crawl(
        { ...taking, readText: siteTextReader(http), get: (url, options) => http.fetchPage(url, options) },
        input,
        report,
        signal,
      ),
    ),
  findInList: (input: ListInput, report: FindReport, signal: AbortSignal) => findInList(taking, input, report, signal),
  findInFolder: (input: FolderInput, report: FindReport, signal: AbortSignal) => findInFolder(taking, input, report, signal),
  findInNext: (input: NextInput, report: FindReport, signal: AbortSignal) =>
    findInNext({ ...taking, tagWriter: createTagWriter }, input, report, signal),
  previewRules: (input: RulesInput, _report: (progress: never) => void, signal: AbortSignal) => previewRules(db, input, signal),
  mergePages: (
    input: RulesInput,
    report: (progress: { done: number; renamed: number; merged: number }) => void,
    signal: AbortSignal,
  ) => mergePages(db, input, report, signal),
  dropPages: (input: DropPagesInput) => dropPages(db, input),
  askOrigin: (input: AskInput, _report: (progress: never) => void, signal: AbortSignal) =>
    within(input.siteId, () => askOrigin({ db, http, policyFor }, input, signal)),
  compareBodies: (input: AskInput, _report: (progress: never) => void, signal: AbortSignal) =>
    within(input.siteId, () => compareBodies({ db, http, policyFor }, input, signal)),
  readEdgeAnswers: async (input: AnswersInput) => readEdgeAnswers(db, input),
  askEdge: (input: AskEdgeInput, _report: (progress: never) => void, signal: AbortSignal) => askEdge(diagnosis, input, signal),
  askAround: (input: AskAroundInput, _report: (progress: never) => void, signal: AbortSignal) =>
    askAround(diagnosis, input, signal),
  recall: async (input: RecallInput) => recall(diagnosis, input),
  importManifest: (input: ImportInput) => importManifest({ db, clock, endMarks }, input),
  importEntries: (input: ImportEntriesInput) => {
    const pathOf = pathReader(db, input.siteId)
    const entries = input.entries.map((entry) => ({ ...entry, path: pathOf(entry.path) }))
    return importEntries({ db, insertPages, tagWriter: createTagWriter, endMarks }, { ...input, entries })
  },
  coverPages: async (input: CoverWish & { readonly choice: CoverChoice }) =>
    coverPages({ raw: db, query, classify: freshnessSql, keyOf: keyedItem }, input),
  readSiteFacts: async (input: AdviceInput) => readSiteFacts(db, input),
  refillOfEverything: (input: { siteId: string; nowMs: number }) => refillOfEverything({ query, classify: freshnessSql }, input),
  dropEntries: (input: DropEntriesInput) => dropEntries({ db }, input),
  readFolder: (input: ReadFolderInput, _report: (progress: never) => void, signal: AbortSignal) =>
    readFolder({ tagsOf: htmlTags, rulesOf: (text) => readRedirectsFile(text).rules }, input, signal),
  storeReleaseFiles: async (input: StoreInput) => storeReleaseFiles(db, input),
  keepRelease: (input: KeepInput, report: (progress: { done: number }) => void, signal: AbortSignal) =>
    keepRelease({ htmlTags }, input, report, signal),
  compareReleases: async (input: CompareInput) => compareReleases(db, input),
  tableSizes: async (_input: object) => readTableSizes(db),
  backUp: async (input: { nowMs: number; byHand: boolean }) => takeBackup(dataFolder, input.nowMs, input.byHand),
}
export type WorkTasks = typeof tasks

if (parentPort) serveTasks(parentPort, tasks)
