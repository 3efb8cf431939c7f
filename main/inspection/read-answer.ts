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

/** How the edge got the answer: from its copy, from a copy it had confirmed, or from the origin. */
export type EdgeSource = 'hit' | 'revalidated' | 'miss' | 'unknown'

/**
 * Reads the vendor's marker. It says where an answer came from, never whether it is fresh: that is Age against lifetime.
 * Sources: CloudFront "x-cache" values; RFC 9211 §2 (`Cache-Status`, the last member is nearest to us).
 */
export function edgeSource(answer: Answer): EdgeSource {
  const status = answer.header('cache-status')
  if (status !== undefined) {
    const nearest = status.split(',').at(-1)?.toLowerCase() ?? ''
    if (/;\s*hit\b/.test(nearest)) return 'hit'
    if (/;\s*fwd=stale/.test(nearest) && /;\s*fwd-status=304/.test(nearest)) return 'revalidated'
    if (/;\s*fwd=/.test(nearest)) return 'miss'
  }
  const marker = answer.header('x-cache')?.toLowerCase() ?? ''
  if (marker.includes('refreshhit')) return 'revalidated'
  if (marker.startsWith('hit')) return 'hit'
  if (marker.startsWith('miss') || marker.startsWith('error')) return 'miss'
  return answer.header('age') === undefined ? 'unknown' : 'hit'
}

/** The `Age` of an answer in seconds; 0 when it has none. Source: RFC 9111 §5.1. */
export function ageSeconds(answer: Answer): number {
  const text = answer.header('age')?.trim()
  return text !== undefined && /^\d+$/.test(text) ? Math.min(Number(text), 2 ** 31) : 0
}

/** The edge location that answered: `FRA56`. Null when the answer names none. */
export function vantageOf(answer: Answer): string | null {
  const pop = answer.header('x-amz-cf-pop')
  if (pop !== undefined) return pop.replace(/-[A-Z]\d+$/, '')
  const ray = answer.header('cf-ray')?.split('-').at(-1)
  return ray ?? null
}

export function lifetimeOf(answer: Answer, policy: EdgePolicy | null): Lifetime {
  return lifetime(
    answer.status,
    {
      cacheControl: answer.header('cache-control'),
      expires: answer.header('expires'),
      date: answer.header('date'),
      lastModified: answer.header('last-modified'),
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
  /^(age|cache-control|.*cdn-cache-control|surrogate-control|expires|date|etag|last-modified|vary|via|server|location|content-type|content-encoding|content-length|set-cookie|cache-status|x-cache.*|x-amz-cf-pop|x-amz-meta-cache-tag|x-served-by|cf-.*|x-vercel-.*|x-nextjs-.*|x-nf-request-id|x-varnish)$/

/** The header fields worth keeping with an observation, bounded; a cookie's value is left out. */
export function keptHeaders(answer: Answer, tagHeader: string | null): [string, string][] {
  return answer.headers
    .filter(([name]) => KEPT.test(name) || name === tagHeader?.toLowerCase())
    .slice(0, 60)
    .map(([name, value]) => [name, name === 'set-cookie' ? `${value.split('=', 1)[0]}=…` : value.slice(0, 2_000)])
}
