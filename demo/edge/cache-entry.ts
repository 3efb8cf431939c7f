export type HeaderMap = Readonly<Record<string, string | readonly string[]>>

/** One stored response: a copy that one PoP holds. Instants are in the demo's time. */
export interface CacheEntry {
  readonly key: string
  readonly host: string
  /** As requested; the query belongs to it where it is part of the key. */
  readonly path: string
  readonly status: number
  readonly headers: HeaderMap
  readonly body: Buffer
  /** When it was received or last confirmed by the origin. */
  readonly storedAtMs: number
  /** The `Age` it came with. */
  readonly initialAgeSeconds: number
  readonly ttlSeconds: number
  readonly staleWhileRevalidateSeconds: number
  readonly staleIfErrorSeconds: number
  /** Lower case: a purge by tag ignores case. */
  readonly tags: readonly string[]
}

/** Seconds since the response left the origin, with fractions (RFC 9111 §4.2.3). */
export function ageSeconds(entry: CacheEntry, nowMs: number): number {
  return entry.initialAgeSeconds + Math.max(0, nowMs - entry.storedAtMs) / 1000
}

export function textHeader(headers: HeaderMap, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.join(', ')
}
