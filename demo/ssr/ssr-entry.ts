import type { CacheTag } from '../site/html.ts'

/** Pages that change every few minutes live this long after a refresh. */
export const shortTtlSeconds = 60
/** 30 days: pages that rarely change, which key events mark as expired. */
export const longTtlSeconds = 2_592_000
/** An expired page is given out for this long while it is refreshed. */
export const graceSeconds = 10

/** A rendering; instants are RFC 3339 and the duration milliseconds, both in the demo's time. */
export interface LastRefresh {
  readonly startedOn: string
  readonly endedOn: string
  readonly duration: number
}

/** What the SSR cache knows about a page beside its content. */
export interface SsrEntry {
  /** Percent-encoded. */
  readonly path: string
  /** `sha256-` and lower-case hex, of the bytes that are served. */
  readonly contentHash: string
  /** Bytes. */
  readonly size: number
  readonly cacheTags: readonly CacheTag[]
  readonly lastRefresh: LastRefresh
  readonly refreshedOn: string
  readonly expiresOn: string
  /** How often it has been marked as expired. */
  readonly marks: number
  /** Since when a mark waits for a refresh. */
  readonly markedOn: string | null
  /** Since when the edge may hold a copy from before a mark that nobody purged. */
  readonly purgeDueOn: string | null
  /** The last refresh that failed since the last one that did not. */
  readonly failure: { readonly on: string; readonly error: string } | null
}

export function ttlSecondsOf(path: string): number {
  return path === '/fresh' || path.startsWith('/fresh/') ? shortTtlSeconds : longTtlSeconds
}

/** Marked, or past its time. */
export function isExpired(entry: SsrEntry, nowMs: number): boolean {
  return entry.markedOn !== null || Date.parse(entry.expiresOn) <= nowMs
}

/**
 * The `max-age` of an answer in whole seconds: what is left until `expiresOn`. A long-lived page promises the whole
 * 30 days for as long as it is current.
 */
export function maxAgeSeconds(entry: SsrEntry, nowMs: number): number {
  const expiresMs = Date.parse(entry.expiresOn)
  const ttlSeconds = ttlSecondsOf(entry.path)
  const current = entry.markedOn === null && expiresMs === Date.parse(entry.refreshedOn) + ttlSeconds * 1000
  if (current && ttlSeconds === longTtlSeconds) return ttlSeconds
  return Math.max(0, Math.floor((expiresMs - nowMs) / 1000))
}

/** A tag without id matches every tag of its class; with an id only that pair. */
export function matchesTag(entry: Pick<SsrEntry, 'cacheTags'>, wanted: CacheTag): boolean {
  return entry.cacheTags.some((tag) => tag.class === wanted.class && (wanted.id === undefined || tag.id === wanted.id))
}
