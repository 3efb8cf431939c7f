import { AppError } from '#shared/errors.ts'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'
import type { Distribution } from '#main/providers/provider.ts'
import { inspectPage, type Inspector, type PageToCheck } from './inspect-page.ts'
import { createResultWriter, type CheckResult, type WriteTags } from './store-observations.ts'

export interface CheckInput {
  readonly siteId: string
  readonly pageIds: readonly number[]
}

export interface CheckProgress {
  readonly done: number
  readonly filled: number
  readonly failed: number
}

/** What the composition root hands to the task. */
export interface CheckContext {
  readonly db: Raw
  readonly clock: Clock
  get: Inspector['get']
  /** The origin's body hash for a page, or null when it cannot be had. */
  originHash(
    originUrl: string,
    page: PageToCheck,
    etag: string | undefined,
    edgeHash: string,
    signal: AbortSignal,
  ): Promise<string | null>
  policyFor(distribution: Distribution, path: string): EdgePolicy | null
  tagWriter(db: Raw, siteId: string): WriteTags
}

/** Requests under way at one time: enough to be quick, few enough not to be a burden for the site. */
const CONCURRENCY = 8
/** Results are written when this many have come, or this long after the last writing. */
const BATCH = 500
const BATCH_MS = 300

/**
 * Checks pages and stores what was found, in the given order. Cancelling stops between pages; what was found by then is
 * kept. One page's failure is its own result.
 */
export async function checkPages(
  context: CheckContext,
  input: CheckInput,
  report: (progress: CheckProgress) => void,
  signal: AbortSignal,
): Promise<CheckProgress> {
  const { db, clock } = context
  const pages = readPages(db, input)
  const inspector = createInspector(context, input.siteId)
  const write = createResultWriter(db, input.siteId, context.tagWriter(db, input.siteId))
  const progress = { done: 0, filled: 0, failed: 0 }
  let waiting: CheckResult[] = []
  let writtenAtMs = clock()
  const flush = () => {
    if (waiting.length === 0) return
    write(waiting)
    waiting = []
    writtenAtMs = clock()
    report({ ...progress })
  }
  const one = async (page: PageToCheck) => {
    const result = await check(page, inspector, clock, signal)
    if (result === null) return
    progress.done += 1
    if (result.kind === 'failed') progress.failed += 1
    else if (result.observation.filledByCheck) progress.filled += 1
    waiting.push(result)
    if (waiting.length >= BATCH || clock() - writtenAtMs >= BATCH_MS) flush()
  }
  const lane = async () => {
    for (let page = pages.shift(); page !== undefined && !signal.aborted; page = pages.shift()) await one(page)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, lane))
  flush()
  return progress
}

/** Null when the check was cancelled: then it says nothing about the page. */
async function check(page: PageToCheck, by: Inspector, clock: Clock, signal: AbortSignal): Promise<CheckResult | null> {
  try {
    return { kind: 'seen', observation: await inspectPage(page, by, signal) }
  } catch (error) {
    if (signal.aborted) return null
    if (!(error instanceof AppError)) throw error
    return { kind: 'failed', pageId: page.id, atMs: clock(), reason: error.message }
  }
}

function readPages(db: Raw, input: CheckInput): PageToCheck[] {
  const select = db.prepare<[number, string], { id: number; path: string; url: string; basis: string | null }>(
    `SELECT pages.id, pages.path, zones.url, pages.origin_basis AS basis FROM pages JOIN zones ON zones.id = pages.zone_id
     WHERE pages.id = ? AND pages.site_id = ?`,
  )
  return input.pageIds.flatMap((id) => {
    const row = select.get(id, input.siteId)
    return row
      ? [{ id, url: row.url + row.path, path: row.path, originKnown: row.basis === 'manifest' || row.basis === 'renderer' }]
      : []
  })
}

function createInspector(context: CheckContext, siteId: string): Inspector {
  const row = context.db
    .prepare<[string], { edge_json: string | null; settings_json: string }>(
      'SELECT edge_json, settings_json FROM sites WHERE id = ?',
    )
    .get(siteId)
  const distribution = row?.edge_json ? (JSON.parse(row.edge_json) as Distribution) : null
  const { originUrl } = JSON.parse(row?.settings_json ?? '{}') as { originUrl?: string | null }
  return {
    get: context.get,
    policyFor: (path) => (distribution ? context.policyFor(distribution, path) : null),
    tagHeader: distribution?.capabilities.tagHeader ?? null,
    originHash: async (page, edge, signal) =>
      originUrl ? context.originHash(originUrl, page, edge.header('etag'), edge.bodyHash, signal) : null,
  }
}
