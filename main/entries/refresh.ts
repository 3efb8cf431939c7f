import { AppError } from '#shared/errors.ts'
import { delay } from '#main/platform/clock.ts'
import type { RefreshResult, Renderer } from '#main/providers/renderer.ts'
import type { EntryPlace } from './read-entries.ts'

/** Why pages could not be refreshed: sentences of the renderer, by page. All others were refreshed. */
export type RefreshFailures = ReadonlyMap<number, string>

/** Few enough that a cancel soon ends it, and many enough to keep a renderer busy. */
const PATHS_AT_ONCE = 100
const POLL_MS = 250
const FORGOTTEN = 'The renderer forgot this refresh before it told how it ended.'

/**
 * Marks pages as expired, then has them rendered again, some at a time, and waits for the end. Marked first: a page whose
 * refresh fails stays expired. Everything in it may be repeated. Throws `AppError`, or the signal's reason.
 */
export async function refreshPages(
  renderer: Renderer,
  places: readonly EntryPlace[],
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<RefreshFailures> {
  const failures = new Map<number, string>()
  const chunks = chunksByHost(places, Math.min(PATHS_AT_ONCE, renderer.pathsPerRequest))
  for (const { host, pages } of chunks) {
    await renderer.expire({ host, paths: pages.map(({ path }) => path), tags: [] }, signal)
  }
  let before = 0
  for (const { host, pages } of chunks) {
    const results = await follow(renderer, host, pages, (done) => progress(before + done), signal)
    for (const { pageId, path } of pages) {
      const result = results.find((one) => one.path === path)
      if (result?.state !== 'refreshed') failures.set(pageId, result?.error ?? FORGOTTEN)
    }
    before += pages.length
    progress(before)
  }
  return failures
}

async function follow(
  renderer: Renderer,
  host: string,
  pages: readonly EntryPlace[],
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<readonly RefreshResult[]> {
  let run = await renderer.refresh(
    host,
    pages.map(({ path }) => path),
    signal,
  )
  while (!run.finished) {
    await delay(POLL_MS, signal)
    try {
      run = await renderer.refreshed(run.monitor, signal)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'NOT_FOUND') return fromEntries(renderer, host, pages, signal)
      throw error
    }
    progress(run.done)
  }
  return run.results
}

/** The renderer forgot its monitor, as at a restart: an entry that no mark waits for was refreshed, since all were marked. */
async function fromEntries(
  renderer: Renderer,
  host: string,
  pages: readonly EntryPlace[],
  signal: AbortSignal,
): Promise<RefreshResult[]> {
  const results: RefreshResult[] = []
  for (const { path } of pages) {
    const [entry] = (await renderer.one(host, path, signal)).entries
    const done = entry !== undefined && entry.markedAtMs === null
    results.push({ host, path, state: done ? 'refreshed' : 'failed', error: done ? null : FORGOTTEN })
  }
  return results
}

function chunksByHost(places: readonly EntryPlace[], most: number): { host: string; pages: EntryPlace[] }[] {
  const chunks: { host: string; pages: EntryPlace[] }[] = []
  for (const place of places) {
    const open = chunks.findLast(({ host }) => host === place.host)
    if (open && open.pages.length < most) open.pages.push(place)
    else chunks.push({ host: place.host, pages: [place] })
  }
  return chunks
}
