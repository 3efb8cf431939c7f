import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
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
import { dropEntries, importEntries, type DropEntriesInput, type ImportEntriesInput } from './entries/import-entries-task.ts'
import { sampleFreshness, type SampleInput } from './home/sample-freshness-task.ts'
import { httpInspector } from './inspection/http-inspector.ts'
import { askOrigin, compareBodies, type AskInput } from './inspection/ask-layers.ts'
import { checkPages, type CheckInput, type CheckProgress } from './inspection/check-task.ts'
import { htmlTags } from './inspection/html-tags.ts'
import { steadyBody } from './inspection/steady-body.ts'
import { discover, type DiscoverInput } from './pages/discover-task.ts'
import { freshnessSql } from './pages/freshness-sql.ts'
import { importManifest, type ImportInput } from './pages/import-manifest-task.ts'
import { siteTextReader } from './pages/site-text.ts'
import { createTagWriter, insertPages } from './pages/write-pages.ts'
import { systemClock } from './platform/clock.ts'
import { openDatabase } from './platform/database.ts'
import { createHttp } from './platform/http.ts'
import { serveTasks } from './platform/workers.ts'
import { behaviourFor, itemMatches, policyFor } from './providers/cloudfront/purge-items.ts'

/** The work thread: what parses, compares and writes in bulk. It has its own database connection and HTTP client. */
const { dataFolder } = z.object({ dataFolder: z.string() }).parse(workerData)
const { raw: db, query } = await openDatabase(join(dataFolder, 'frostline.db'), { migrate: false })
const clock = systemClock
const http = createHttp()

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

const tasks = {
  check: (input: CheckInput, report: (progress: CheckProgress) => void, signal: AbortSignal) =>
    within(input.siteId, () =>
      checkPages({ db, clock, policyFor, tagWriter: createTagWriter, ...httpInspector(http) }, input, report, signal),
    ),
  discover: (input: DiscoverInput, report: (progress: { found: number; files: number }) => void, signal: AbortSignal) =>
    within(input.siteId, () => discover({ db, clock, readText: siteTextReader(http) }, input, report, signal)),
  askOrigin: (input: AskInput, _report: (progress: never) => void, signal: AbortSignal) =>
    within(input.siteId, () => askOrigin({ db, http, policyFor }, input, signal)),
  compareBodies: (input: AskInput, _report: (progress: never) => void, signal: AbortSignal) =>
    within(input.siteId, () => compareBodies({ db, http, policyFor }, input, signal)),
  askEdge: (input: AskEdgeInput, _report: (progress: never) => void, signal: AbortSignal) => askEdge(diagnosis, input, signal),
  askAround: (input: AskAroundInput, _report: (progress: never) => void, signal: AbortSignal) =>
    askAround(diagnosis, input, signal),
  recall: async (input: RecallInput) => recall(diagnosis, input),
  importManifest: (input: ImportInput) => importManifest({ db, clock }, input),
  importEntries: (input: ImportEntriesInput) => importEntries({ db, insertPages, tagWriter: createTagWriter }, input),
  dropEntries: (input: DropEntriesInput) => dropEntries({ db }, input),
  storeReleaseFiles: async (input: StoreInput) => storeReleaseFiles(db, input),
  compareReleases: async (input: CompareInput) => compareReleases(db, input),
  sampleFreshness: (input: SampleInput) => sampleFreshness({ raw: db, query, classify: freshnessSql }, input),
}
export type WorkTasks = typeof tasks

if (parentPort) serveTasks(parentPort, tasks)
