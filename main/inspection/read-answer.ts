import { readCacheAnswer, type CacheAnswer, type CacheVendor } from '#shared/http-cache/cache-answer.ts'
import { parseHttpDate } from '#shared/http-cache/http-date.ts'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import { lifetime, type Lifetime } from '#shared/http-cache/lifetime.ts'

/** The answer to one GET, as far as reading it needs. Header names in lower case. */
export interface Answer {
  readonly status: number
  header(name: string): string | undefined
  readonly headers: readonly (readonly [string, string])[]
  readonly bodyHash: string
  /** Of the unpacked body. */
  readonly sizeBytes: number
  readonly ttfbMs: number
  /** Unix milliseconds at which the first byte had come. */
  readonly atMs: number
}

/** How the caches got an answer, together: from a copy, from a copy that was just confirmed, or from the origin. */
export type EdgeSource = 'copy' | 'confirmed' | 'origin' | 'unknown'

/**
 * Where an answer came from, never whether it is fresh: that is its age against its lifetime. A cache that let the request
 * pass says nothing about the copy that the one behind it gave.
 */
export function edgeSource(cache: CacheAnswer): EdgeSource {
  const state = (cache.hops.findLast((hop) => hop.state !== 'bypass') ?? cache).state
  switch (state) {
    case 'hit':
    case 'stale':
      return 'copy'
    case 'revalidated':
      return 'confirmed'
    case 'error':
      // An error that was stored is marked as an error again, and has an age.
      return (cache.ageSeconds ?? 0) > 0 ? 'copy' : 'origin'
    case 'miss':
    case 'bypass':
      return 'origin'
    case 'unknown':
      return 'unknown'
  }
}

export function cacheOf(answer: Answer): CacheAnswer {
  return readCacheAnswer(answer.headers)
}

export function lifetimeOf(answer: Answer, vendor: CacheVendor, policy: EdgePolicy | null): Lifetime {
  return lifetime(
    answer.status,
    {
      cacheControl: answer.header('cache-control'),
      expires: answer.header('expires'),
      date: answer.header('date'),
      lastModified: answer.header('last-modified'),
      targeted: { vendor, get: (name) => answer.header(name) },
    },
    policy,
    answer.atMs,
  )
}

/** An origin dates its answers now, too; clocks and transit take a moment. */
const FROM_STORE_AFTER_MS = 2_000

/**
 * Two answers that are the same stored one: the same bytes, made at the same second, and that second is not the present
 * one, in which an origin would have dated both of them as well.
 */
export function sameCopy(first: Answer, second: Answer): boolean {
  const date = first.header('date')
  if (date === undefined || date !== second.header('date') || first.bodyHash !== second.bodyHash) return false
  const madeAtMs = parseHttpDate(date, first.atMs)
  return madeAtMs !== undefined && first.atMs - madeAtMs >= FROM_STORE_AFTER_MS
}

const KEPT =
  /^(age|cache-control|.*cdn-cache-control|akamai-(cache-.*|grn)|surrogate-(control|key)|expires|date|etag|last-modified|vary|via|warning|pragma|server|server-timing|location|content-type|content-encoding|content-length|set-cookie|cache-status|x-cache.*|x-check-cacheable|x-(proxy|nginx|fastcgi)-cache.*|x-amz-cf-pop|x-amz-meta-(cache-tag|deploy-id|release)|x-served-by|cf-.*|x-vercel-.*|x-nextjs-.*|x-nf-request-id|x-varnish|.*cache-tags?|xkey|x-deploy(ment)?-id|x-akamai-.*)$/

/** The header fields worth keeping with an observation, bounded; a cookie's value is left out. */
export function keptHeaders(answer: Answer, tagHeader: string | null): [string, string][] {
  return answer.headers
    .filter(([name]) => KEPT.test(name) || name === tagHeader?.toLowerCase())
    .slice(0, 60)
    .map(([name, value]) => [name, name === 'set-cookie' ? `${value.split('=', 1)[0]}=…` : value.slice(0, 2_000)])
}
