export type CacheVendor =
  | 'cloudfront'
  | 'netlify'
  | 'vercel'
  | 'next'
  | 'cloudflare'
  | 'fastly'
  | 'varnish'
  | 'akamai'
  | 'nginx'
  | 'squid'
  | 'unknown'

/** How a cache came to its answer. */
export type CacheState = 'hit' | 'stale' | 'revalidated' | 'miss' | 'bypass' | 'error' | 'unknown'

/** One cache on the way, as its own header tells it. */
export interface CacheHop {
  readonly vendor: CacheVendor
  /** As the header names it: `Netlify Durable`, `cache-fra-etou8220029`, `squid01`. */
  readonly name: string | null
  readonly state: CacheState
  /** The header text that this was read from. */
  readonly evidence: string
  readonly ttlSeconds: number | null
  readonly hits: number | null
  readonly stored: boolean | null
  readonly collapsed: boolean | null
  /** `fwd` of RFC 9211 §2.2. */
  readonly forwardReason: string | null
}

/** What the headers of one answer tell of the caches that it came through. */
export interface CacheAnswer {
  readonly vendor: CacheVendor
  /** Of the cache nearest to the client. */
  readonly state: CacheState
  /** The nearest to the origin first, as in RFC 9211 §2. Empty when no header tells of a cache. */
  readonly hops: readonly CacheHop[]
  /** Null when the answer has no usable Age. */
  readonly ageSeconds: number | null
  /** The vendor's name of the location: `FRA56`. */
  readonly vantage: string | null
  readonly shield: string | null
  readonly deployId: string | null
  /** Names of the response fields in which tags stand, lower case, with the tags as the header writes them. */
  readonly tagHeaders: readonly { readonly name: string; readonly tags: readonly string[] }[]
  /** What is odd about the headers, as sentences. */
  readonly oddities: readonly string[]
}

/** Placeholder with RFC 9111's rules alone: an answer with an Age came from a cache. */
export function readCacheAnswer(headers: readonly (readonly [string, string])[]): CacheAnswer {
  const age = headers.find(([name]) => name.toLowerCase() === 'age')?.[1].trim()
  const ageSeconds = age !== undefined && /^\d{1,10}$/.test(age) ? Number(age) : null
  return {
    vendor: 'unknown',
    state: ageSeconds === null ? 'unknown' : 'hit',
    hops: [],
    ageSeconds,
    vantage: null,
    shield: null,
    deployId: null,
    tagHeaders: [],
    oddities: [],
  }
}
