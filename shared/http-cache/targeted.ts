import type { CacheVendor } from './cache-hop.ts'
import { parseDirectives, type Directives } from './directives.ts'
import { parseTargeted } from './structured.ts'

/** Fields of RFC 9213 that vendors read. */
export const TARGETED_FIELDS = [
  'netlify-cdn-cache-control',
  'vercel-cdn-cache-control',
  'cloudflare-cdn-cache-control',
  'akamai-cache-control',
  'cdn-cache-control',
] as const

const SURROGATE = 'surrogate-control'

/**
 * Which fields a vendor obeys before `Cache-Control`, the first one first. CloudFront, and nginx, Squid and Varnish as they
 * come, read none. Of an unknown cache it is assumed that it keeps to RFC 9213. Sources: the vendors' docs on cache control
 * headers; `Surrogate-Control` at Fastly; RFC 9213 §3.
 */
const OBEYED: Readonly<Record<CacheVendor, readonly string[]>> = {
  netlify: ['netlify-cdn-cache-control', 'cdn-cache-control'],
  vercel: ['vercel-cdn-cache-control', 'cdn-cache-control'],
  cloudflare: ['cloudflare-cdn-cache-control', 'cdn-cache-control'],
  akamai: ['akamai-cache-control', 'cdn-cache-control', SURROGATE],
  fastly: ['cdn-cache-control', SURROGATE],
  unknown: ['cdn-cache-control'],
  cloudfront: [],
  next: [],
  nginx: [],
  squid: [],
  varnish: [],
}

/**
 * The directives that govern a vendor's cache in place of `Cache-Control`, with the field they stand in; null when there is
 * none, or none that is well formed. Where one is there, `Cache-Control` and `Expires` do not count (RFC 9213 §2.1).
 *
 * @param get the joined value of a field, by its lower-case name.
 */
export function governingDirectives(
  vendor: CacheVendor,
  get: (name: string) => string | undefined,
): { readonly field: string; readonly directives: Directives } | null {
  for (const field of OBEYED[vendor]) {
    const value = get(field)
    if (value === undefined) continue
    const directives = field === SURROGATE ? surrogate(value) : parseTargeted(value)
    if (directives !== undefined) return { field, directives }
  }
  return null
}

/** `max-age=3600+600` is 600 s of stale answers after the lifetime. Source: W3C Edge Architecture Specification §2.3. */
function surrogate(value: string): Directives | undefined {
  const directives = new Map(parseDirectives(value))
  const age = directives.get('max-age')
  const [fresh, stale] = typeof age === 'string' ? age.split('+', 2) : []
  if (fresh !== undefined) directives.set('max-age', fresh)
  if (stale !== undefined && !directives.has('stale-while-revalidate')) directives.set('stale-while-revalidate', stale)
  // `content="ESI/1.0"` alone says how to process the answer, not how long to keep it.
  return directives.has('max-age') || directives.has('no-store') ? directives : undefined
}
