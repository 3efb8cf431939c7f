import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import type { RunSelection } from '#shared/inspection-runs.ts'
import { compareReleases, storeReleaseFiles, type CompareInput, type StoreInput } from './builds/release-files-task.ts'
import { dropEntries, importEntries, type DropEntriesInput, type ImportEntriesInput } from './entries/import-entries-task.ts'
import { httpInspector } from './inspection/http-inspector.ts'
import { askOrigin, compareBodies, type AskInput } from './inspection/ask-layers.ts'
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
import { discover, type DiscoverInput } from './pages/discover-task.ts'
import { countToCheck, nextToCheck } from './pages/next-to-check.ts'
import { importManifest, type ImportInput } from './pages/import-manifest-task.ts'
import { siteTextReader } from './pages/site-text.ts'
import { createTagWriter, insertPages } from './pages/write-pages.ts'
import { systemClock } from './platform/clock.ts'
import { openDatabase } from './platform/database.ts'
import { createHttp } from './platform/http.ts'
import { serveTasks, startWorkThread } from './platform/workers.ts'
import { policyFor } from './providers/cloudfront/purge-items.ts'

/** The work thread: what parses, compares and writes in bulk. It has its own database connection and HTTP client. */
const { dataFolder } = z.object({ dataFolder: z.string() }).parse(workerData)
const { raw: db, query } = await openDatabase(join(dataFolder, 'frostline.db'), { migrate: false })
// The core thread's cache serves the screens; here each page is touched once.
db.pragma('cache_size = -16384')
const clock = systemClock
const http = createHttp()
const paces = createPaces(db, clock)
const shown = createShownPages()
const checks = { db, clock, policyFor, paces, tagWriter: createTagWriter, ...httpInspector(http) }
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
    within(input.siteId, () => discover({ db, clock, readText: siteTextReader(http) }, input, report, signal)),
  askOrigin: (input: AskInput, _report: (progress: never) => void, signal: AbortSignal) =>
    within(input.siteId, () => askOrigin({ db, http, policyFor }, input, signal)),
  compareBodies: (input: AskInput, _report: (progress: never) => void, signal: AbortSignal) =>
    within(input.siteId, () => compareBodies({ db, http, policyFor }, input, signal)),
  importManifest: (input: ImportInput) => importManifest({ db, clock }, input),
  importEntries: (input: ImportEntriesInput) => importEntries({ db, insertPages, tagWriter: createTagWriter }, input),
  dropEntries: (input: DropEntriesInput) => dropEntries({ db }, input),
  storeReleaseFiles: async (input: StoreInput) => storeReleaseFiles(db, input),
  compareReleases: async (input: CompareInput) => compareReleases(db, input),
}
export type WorkTasks = typeof tasks

if (parentPort) serveTasks(parentPort, tasks)
