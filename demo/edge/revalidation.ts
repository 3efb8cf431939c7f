import CachePolicy from 'http-cache-semantics'
import type { CacheEntry, HeaderMap } from './cache-entry.ts'
import type { UpstreamResponse } from './upstream.ts'

/** The conditions under which the origin may answer 304 for a stored copy (RFC 9111 §4.3.1). */
export function conditionalHeaders(entry: CacheEntry, requestHeaders: Readonly<Record<string, string>>): Record<string, string> {
  const asked = policyOf(entry).revalidationHeaders({ method: 'GET', url: entry.path, headers: { ...requestHeaders } })
  const conditions: Record<string, string> = {}
  for (const name of ['if-none-match', 'if-modified-since']) {
    const value = asked[name]
    if (typeof value === 'string') conditions[name] = value
  }
  return conditions
}

/** The stored headers, freshened by those of a 304 (RFC 9111 §4.3.4); null when the response is not a 304 about this copy. */
export function freshenedHeaders(entry: CacheEntry, response: UpstreamResponse): HeaderMap | null {
  const { policy, matches } = policyOf(entry).revalidatedPolicy(
    { method: 'GET', url: entry.path, headers: { host: entry.host } },
    { status: response.status, headers: mutable(response.headers) },
  )
  if (!matches) return null
  const { age: _age, warning: _warning, ...updated } = policy.responseHeaders()
  const headers: Record<string, string | readonly string[]> = {}
  for (const [name, value] of Object.entries(updated)) {
    if (value !== undefined) headers[name] = value
  }
  // The library writes its own clock's time; the origin's stands in the 304.
  return { ...headers, date: response.headers['date'] ?? entry.headers['date'] ?? '' }
}

function policyOf(entry: CacheEntry): CachePolicy {
  return new CachePolicy(
    { method: 'GET', url: entry.path, headers: { host: entry.host } },
    { status: entry.status, headers: mutable(entry.headers) },
    { shared: true },
  )
}

function mutable(headers: HeaderMap): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  )
}
