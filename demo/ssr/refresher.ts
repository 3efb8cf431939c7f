import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { DemoClock } from '../platform/clock.ts'
import { parseTag, tagsIn } from '../site/html.ts'
import type { SsrEntryStore } from './entry-store.ts'
import type { MarkNotes } from './mark-notes.ts'
import { ttlSecondsOf } from './ssr-entry.ts'
import type { SsrSettings } from './ssr-settings.ts'

export interface RefresherParts {
  readonly clock: DemoClock
  readonly store: SsrEntryStore
  readonly notes: MarkNotes
  readonly settings: SsrSettings
  /** The page's HTML from the content as it is now; null when there is no such page. */
  readonly render: (path: string) => string | null
}

/** How a refresh ended; either the hash or the error is there. */
export interface Refreshed {
  readonly startedOn: string
  readonly endedOn: string
  /** Milliseconds. */
  readonly duration: number
  readonly contentHash: string | null
  /** The bytes differ from those before, or there were none. */
  readonly changed: boolean
  /** A sentence. */
  readonly error: string | null
}

/** Renders pages into the cache, one render at a time for each path. */
export class Refresher {
  readonly #parts: RefresherParts
  readonly #running = new Map<string, Promise<Refreshed>>()
  #stopping = new AbortController()
  #renders = 0

  constructor(parts: RefresherParts) {
    this.#parts = parts
  }

  /** Renders since the start of the process. */
  get renders(): number {
    return this.#renders
  }

  isRefreshing(path: string): boolean {
    return this.#running.has(path)
  }

  /** Refreshes, or joins the refresh that runs. Never rejects. */
  join(path: string): Promise<Refreshed> {
    const running = this.#running.get(path)
    if (running !== undefined) return running
    const refreshed = this.#refresh(path).finally(() => this.#running.delete(path))
    this.#running.set(path, refreshed)
    return refreshed
  }

  /** A refresh that begins now or later: one that runs may have read the content from before a change. */
  async anew(path: string): Promise<Refreshed> {
    await this.#running.get(path)
    return this.join(path)
  }

  /** Ends every render, also those that are asked for later; what they would have stored is lost. */
  async close(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#running.values())
  }

  /** Ends every render; later ones run again. */
  async stop(): Promise<void> {
    await this.close()
    this.#stopping = new AbortController()
  }

  async #refresh(path: string): Promise<Refreshed> {
    const { clock, store, notes, settings } = this.#parts
    const startedMs = clock.nowMs()
    const begunAt = notes.sequence
    const html = this.#parts.render(path)
    const { signal } = this.#stopping
    if (html !== null) this.#renders += 1
    const stopped = await wait(html === null ? 0 : settings.renderMs, false, { signal }).catch(() => true)
    const endedMs = clock.nowMs()
    const lastRefresh = {
      startedOn: new Date(startedMs).toISOString(),
      endedOn: new Date(endedMs).toISOString(),
      duration: endedMs - startedMs,
    }
    const problem = problemOf(stopped, html, settings.failing)
    if (html === null || problem !== null) {
      if (!stopped) store.setFailure(path, lastRefresh.endedOn, problem ?? '')
      return { ...lastRefresh, contentHash: null, changed: false, error: problem }
    }
    const earlier = store.find(path)
    const cacheTags = tagsIn(html).map(parseTag)
    const markedOn = notes.markedSince(begunAt, { path, cacheTags })
    const contentHash = `sha256-${createHash('sha256').update(html).digest('hex')}`
    store.put(
      {
        path,
        contentHash,
        size: Buffer.byteLength(html),
        cacheTags,
        lastRefresh,
        refreshedOn: lastRefresh.endedOn,
        expiresOn: markedOn ?? new Date(endedMs + ttlSecondsOf(path) * 1000).toISOString(),
        marks: earlier?.marks ?? (markedOn === null ? 0 : 1),
        markedOn,
        purgeDueOn: markedOn ?? earlier?.purgeDueOn ?? null,
        failure: null,
      },
      html,
    )
    return { ...lastRefresh, contentHash, changed: earlier?.contentHash !== contentHash, error: null }
  }
}

function problemOf(stopped: boolean, html: string | null, failing: boolean): string | null {
  if (stopped) return 'The renderer was stopped during this refresh.'
  if (html === null) return 'There is no page under this path.'
  return failing ? 'The page could not be rendered.' : null
}
