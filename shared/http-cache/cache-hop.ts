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
  /** As the header names it: `Netlify Durable`, `cache-fra-etou8220029-FRA`, `squid01`. */
  readonly name: string | null
  readonly state: CacheState
  /** The header text that this was read from. */
  readonly evidence: string
  /** Negative for a copy that is past its lifetime. */
  readonly ttlSeconds: number | null
  readonly hits: number | null
  readonly stored: boolean | null
  readonly collapsed: boolean | null
  /** `fwd` of RFC 9211 §2.2. */
  readonly forwardReason: string | null
}

/** What one vendor's fields tell. A vendor may be known by its fields without telling a state: no hops then. */
export interface Reading {
  readonly vendor: CacheVendor
  /** The nearest to the origin first. */
  readonly hops: readonly CacheHop[]
  readonly vantage: string | null
  readonly shield: string | null
}

const MAX_EVIDENCE_CHARACTERS = 500
const MAX_NAME_CHARACTERS = 100
/** Nobody is behind so many caches; a field that names more is hostile. The nearest ones are kept. */
export const MAX_HOPS = 32

/** A hop of which nothing is known but what is given. */
export function hop(
  vendor: CacheVendor,
  state: CacheState,
  evidence: string,
  more: Partial<Omit<CacheHop, 'vendor' | 'state' | 'evidence'>> = {},
): CacheHop {
  const nothing = { name: null, ttlSeconds: null, hits: null, stored: null, collapsed: null, forwardReason: null }
  return {
    ...nothing,
    ...more,
    vendor,
    state,
    name: nameOf(more.name),
    forwardReason: nameOf(more.forwardReason),
    evidence: evidence.slice(0, MAX_EVIDENCE_CHARACTERS),
  }
}

function nameOf(text: string | null | undefined): string | null {
  return text?.slice(0, MAX_NAME_CHARACTERS) ?? null
}

export function reading(
  vendor: CacheVendor,
  hops: readonly CacheHop[],
  places: Partial<Pick<Reading, 'vantage' | 'shield'>> = {},
): Reading {
  return { vendor, hops: hops.slice(-MAX_HOPS), vantage: nameOf(places.vantage), shield: nameOf(places.shield) }
}

/**
 * The words that nginx, Vercel, Next.js and Cloudflare share. Sources: nginx `$upstream_cache_status`; Vercel
 * "x-vercel-cache"; Next.js `x-nextjs-cache`; Cloudflare "cf-cache-status". `EXPIRED` is a new answer from the origin.
 */
const WORDS: ReadonlyMap<string, CacheState> = new Map([
  ['hit', 'hit'],
  ['prerender', 'hit'],
  ['stale', 'stale'],
  ['updating', 'stale'],
  ['revalidated', 'revalidated'],
  ['miss', 'miss'],
  ['expired', 'miss'],
  ['scarce', 'miss'],
  ['bypass', 'bypass'],
  ['pass', 'bypass'],
  ['dynamic', 'bypass'],
  ['none', 'bypass'],
  ['error', 'error'],
])

/** The state that one word of a cache header means; `unknown` for a word that none of them uses. */
export function stateOfWord(word: string): CacheState {
  return WORDS.get(word.trim().toLowerCase()) ?? 'unknown'
}
