import { AppError } from '#shared/errors.ts'
import type { Clock } from '#main/platform/clock.ts'
import { inspectPage, type Inspector, type PageToCheck } from './inspect-page.ts'
import type { CheckResult } from './store-observations.ts'

/** How far a check is. */
export interface CheckProgress {
  readonly done: number
  readonly filled: number
  readonly failed: number
  /** Requests that the origin had to answer. */
  readonly renders: number
  /** Pages whose copy is another one than at the check before. */
  readonly changed: number
}

export const NOTHING_YET: CheckProgress = { done: 0, filled: 0, failed: 0, renders: 0, changed: 0 }

export interface CheckWork {
  readonly inspector: Inspector
  readonly clock: Clock
  /** Pages under way at one time. */
  readonly lanes: number
  /** The next page; null at the end. */
  next(): PageToCheck | null | Promise<PageToCheck | null>
  /** Stores results with what they add to the progress; resolves when they are on disk. */
  write(results: readonly CheckResult[], adds: CheckProgress): Promise<void>
  /** Stops before the origin would have to answer more requests than this. */
  readonly rendersAtMost: number
}

/** Results are written when this many have come, or this long after the last writing. */
const BATCH = 1_000
const BATCH_MS = 300
/** Batches that wait to be written; more would fill the memory while the disk is slow. */
const UNWRITTEN = 1
/** A page whose copy is not known may take two requests to the origin: one to fill the cache, one to see whether it did. */
const RENDERS_OF_A_PAGE = 2

/**
 * Checks pages until there are no more, the signal aborts, or the origin has rendered as often as it may. What was found by
 * then is written. One page's failure is its own result. Returns whether the limit of renders ended it; throws
 * what writing threw.
 */
export async function checkAll(work: CheckWork, signal: AbortSignal): Promise<{ readonly capped: boolean }> {
  const { clock, inspector } = work
  let waiting: CheckResult[] = []
  let adds = { ...NOTHING_YET }
  let writtenAtMs = clock()
  let renders = 0
  let underWay = 0
  let capped = false
  const writing = new Set<Promise<void>>()
  const failures: unknown[] = []

  const flush = async () => {
    if (waiting.length === 0) return
    const [results, added] = [waiting, adds]
    waiting = []
    adds = { ...NOTHING_YET }
    writtenAtMs = clock()
    const written = work
      .write(results, added)
      // Nobody may be waiting for it at the moment.
      .catch((error: unknown) => void failures.push(error))
      .finally(() => writing.delete(written))
    writing.add(written)
    while (writing.size > UNWRITTEN) await Promise.race(writing)
  }
  /** The last render that is left is spent only when no other page could spend it, too. */
  const mayStart = () => {
    const left = work.rendersAtMost - renders - underWay * RENDERS_OF_A_PAGE
    return left >= RENDERS_OF_A_PAGE || (left > 0 && underWay === 0)
  }
  const add = (result: CheckResult, page: PageToCheck) => {
    adds.done += 1
    waiting.push(result)
    if (result.kind === 'failed') {
      adds.failed += 1
      return
    }
    const { observation } = result
    renders += observation.renders
    adds.renders += observation.renders
    if (observation.filledByCheck) adds.filled += 1
    if (page.before !== null && page.before.edgeHash !== observation.edgeHash) adds.changed += 1
  }
  const lane = async () => {
    while (!signal.aborted && failures.length === 0) {
      if (!mayStart()) {
        if (underWay > 0) return
        capped = (await work.next()) !== null || capped
        return
      }
      underWay += 1
      try {
        const next = work.next()
        const page = next instanceof Promise ? await next : next
        if (page === null) return
        const result = await check(page, inspector, clock, signal)
        if (result !== null) add(result, page)
      } finally {
        underWay -= 1
      }
      if (waiting.length >= BATCH || (waiting.length > 0 && clock() - writtenAtMs >= BATCH_MS)) await flush()
    }
  }
  // Near the limit of renders lanes end, so that it is not passed; the last one goes on alone.
  await Promise.all(Array.from({ length: work.lanes }, lane))
  await flush()
  await Promise.all(writing)
  if (failures.length > 0) throw failures[0]
  return { capped }
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
