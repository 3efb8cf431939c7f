import { textHeader, type HeaderMap } from './cache-entry.ts'

export interface TtlBounds {
  readonly minTtlSeconds: number
  readonly defaultTtlSeconds: number
  readonly maxTtlSeconds: number
}

export interface Lifetime {
  readonly ttlSeconds: number
  readonly staleWhileRevalidateSeconds: number
  readonly staleIfErrorSeconds: number
}

/** Errors that are kept whatever the origin says, and errors that are kept only when it gives them a lifetime. */
const errorsAlwaysKept = new Set([404, 410, 414, 500, 501, 502, 503, 504])
const errorsKeptOnRequest = new Set([400, 403, 405, 412, 415])
const successesKept = new Set([200, 203, 204, 300, 301, 302, 303, 307, 308])

/**
 * How long the edge keeps a response; null when it does not.
 *
 * Source: CloudFront, "Manage how long content stays in the cache (expiration)" and "How CloudFront caches errors".
 * `s-maxage`, then `max-age`, then `Expires`, then the default, within minimum and maximum. With a minimum above zero
 * even `no-store`, `no-cache` and `private` are kept, for the minimum. `Set-Cookie` plays no part.
 *
 * @param errorMinTtlSeconds what the distribution's error caching says for this status.
 */
export function lifetimeOf(status: number, headers: HeaderMap, bounds: TtlBounds, errorMinTtlSeconds: number): Lifetime | null {
  const directives = parseCacheControl(textHeader(headers, 'cache-control') ?? '')
  const claimed = claimedSeconds(directives, headers)
  const stale = {
    staleWhileRevalidateSeconds: seconds(directives, 'stale-while-revalidate') ?? 0,
    staleIfErrorSeconds: seconds(directives, 'stale-if-error') ?? 0,
  }
  if (status >= 400) {
    if (!errorsAlwaysKept.has(status) && !(errorsKeptOnRequest.has(status) && claimed !== null)) return null
    return {
      ttlSeconds: Math.max(errorMinTtlSeconds, Math.min(claimed ?? 0, bounds.maxTtlSeconds)),
      staleWhileRevalidateSeconds: 0,
      staleIfErrorSeconds: 0,
    }
  }
  if (!successesKept.has(status)) return null
  if (directives.has('no-store') || directives.has('no-cache') || directives.has('private')) {
    return bounds.minTtlSeconds > 0
      ? { ttlSeconds: bounds.minTtlSeconds, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 }
      : null
  }
  const ttlSeconds = Math.max(bounds.minTtlSeconds, Math.min(claimed ?? bounds.defaultTtlSeconds, bounds.maxTtlSeconds))
  return { ttlSeconds, ...stale }
}

/** The directives of a `Cache-Control` field (RFC 9111 §5.2): names in lower case, values unquoted. */
export function parseCacheControl(field: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>()
  for (const [, name, quoted, bare] of field.matchAll(/([\w-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;]*)))?/g)) {
    const lowerCaseName = (name ?? '').toLowerCase()
    if (!directives.has(lowerCaseName)) directives.set(lowerCaseName, quoted ?? bare ?? '')
  }
  return directives
}

function claimedSeconds(directives: ReadonlyMap<string, string>, headers: HeaderMap): number | null {
  const direct = seconds(directives, 's-maxage') ?? seconds(directives, 'max-age')
  if (direct !== null) return direct
  const expires = textHeader(headers, 'expires')
  if (expires === undefined) return null
  const expiresMs = Date.parse(expires)
  const dateMs = Date.parse(textHeader(headers, 'date') ?? '')
  if (!Number.isFinite(expiresMs) || !Number.isFinite(dateMs)) return 0
  return Math.max(0, (expiresMs - dateMs) / 1000)
}

function seconds(directives: ReadonlyMap<string, string>, name: string): number | null {
  const value = directives.get(name)
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null
}
