import { textAnswer, type Answer } from '../origin/answer.ts'
import { tagHeaderName } from '../distribution/cache-policies.ts'
import type { DemoClock } from '../platform/clock.ts'
import { tagText, type CacheTag } from '../site/html.ts'
import type { SsrEntryStore } from './entry-store.ts'
import type { MarkNotes } from './mark-notes.ts'
import type { Refresher } from './refresher.ts'
import { graceSeconds, isExpired, matchesTag, maxAgeSeconds, type SsrEntry } from './ssr-entry.ts'

export interface SsrCacheParts {
  readonly clock: DemoClock
  readonly store: SsrEntryStore
  readonly notes: MarkNotes
  readonly refresher: Refresher
  readonly isPage: (path: string) => boolean
}

/** What a key event changed: pages by path, or all that carry one of the tags. */
export interface MarkRequest {
  readonly paths: readonly string[]
  readonly tags: readonly CacheTag[]
}

export interface Marked {
  /** The paths of the entries that were marked. */
  readonly marked: readonly string[]
  readonly markedOn: string
  /** Requested paths without an entry: their next request renders them anyway. */
  readonly missing: readonly string[]
}

/** The cache of rendered pages behind the origin: answers at once whenever there is a page, new or old. */
export class SsrCache {
  readonly #parts: SsrCacheParts

  constructor(parts: SsrCacheParts) {
    this.#parts = parts
  }

  /** The page as a visitor of the origin gets it; null when there is no such page. */
  async answer(path: string): Promise<Answer | null> {
    const { clock, store, refresher, isPage } = this.#parts
    if (!isPage(path)) return null
    const entry = store.find(path)
    if (entry === null) {
      const { error } = await refresher.join(path)
      const rendered = store.find(path)
      return rendered === null ? textAnswer(500, error ?? 'The page could not be rendered.') : this.#answerOf(rendered)
    }
    // A marked entry that was extended a moment ago is in its grace: its refresh runs, or was tried just now.
    if (Date.parse(entry.expiresOn) > clock.nowMs()) return this.#answerOf(entry)
    const expiresOn = new Date(clock.nowMs() + graceSeconds * 1000).toISOString()
    store.setExpiresOn(path, expiresOn)
    void refresher.join(path)
    return this.#answerOf({ ...entry, expiresOn })
  }

  /** Marks entries as expired; they are given out for {@link graceSeconds} at a time until they are refreshed. */
  mark(request: MarkRequest): Marked {
    const { clock, store, notes } = this.#parts
    const wantedPaths = new Set(request.paths)
    const matches = (entry: Pick<SsrEntry, 'path' | 'cacheTags'>): boolean =>
      wantedPaths.has(entry.path) || request.tags.some((tag) => matchesTag(entry, tag))
    const markedOn = clock.nowIso()
    const entries = store.list()
    const marked = entries.filter(matches).map(({ path }) => path)
    store.mark(marked, markedOn)
    notes.add(markedOn, matches)
    const known = new Set(entries.map(({ path }) => path))
    return { marked, markedOn, missing: [...wantedPaths].filter((path) => !known.has(path)) }
  }

  /** How many entries there are, and how many of them are expired. */
  counts(): { readonly entries: number; readonly expired: number } {
    const entries = this.#parts.store.list()
    const nowMs = this.#parts.clock.nowMs()
    return { entries: entries.length, expired: entries.filter((entry) => isExpired(entry, nowMs)).length }
  }

  #answerOf(entry: SsrEntry): Answer {
    const content = this.#parts.store.content(entry.path) ?? ''
    const maxAge = maxAgeSeconds(entry, this.#parts.clock.nowMs())
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': `public, max-age=${String(maxAge)}`,
        etag: `"${entry.contentHash.slice(7, 39)}"`,
        'last-modified': new Date(entry.refreshedOn).toUTCString(),
        [tagHeaderName]: entry.cacheTags.map(tagText).join(','),
      },
      body: Buffer.from(content),
    }
  }
}
