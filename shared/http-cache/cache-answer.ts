import { hop, MAX_HOPS, type CacheHop, type CacheState, type CacheVendor } from './cache-hop.ts'
import { readAnyCache } from './dialects/any-cache.ts'
import { readCacheStatus } from './dialects/cache-status.ts'
import { countOf, fieldsOf, type Fields } from './fields.ts'
import { joinHops, readVendors, vendorOrder } from './hop-order.ts'
import { oddities } from './oddities.ts'
import { readTagHeaders } from './tag-headers.ts'

export type { CacheHop, CacheState, CacheVendor } from './cache-hop.ts'

/** What the headers of an answer tell of the caches that it came through. */
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

/**
 * Reads what caches say of themselves, in every dialect that is known; of others only what RFC 9111 has. A state says where
 * an answer came from, never whether it is fresh: that is its age against its lifetime. Never throws.
 *
 * @param headers names and values in the order received; names in any case.
 */
export function readCacheAnswer(headers: readonly (readonly [string, string])[]): CacheAnswer {
  const fields = fieldsOf(headers)
  const order = vendorOrder(fields)
  const vendors = readVendors(fields, order)
  const told = vendors.flatMap(({ hops }) => hops)
  const members = readCacheStatus(fields)
  const own = told.length > 0 || members.length > 0 ? told : (readAnyCache(fields)?.hops ?? [])
  const { hops: joined, disagree } = joinHops(members, own, order)
  const ageSeconds = countOf(fields.lines('age')[0]?.split(',', 1)[0]?.trim())
  const nearestVendor = vendors.at(-1)?.vendor ?? 'unknown'
  const hops = withAge(joined, ageSeconds, nearestVendor, fields).slice(-MAX_HOPS)
  const nearest = hops.at(-1)
  return {
    vendor: nearest === undefined || nearest.vendor === 'unknown' ? nearestVendor : nearest.vendor,
    state: nearest?.state ?? 'unknown',
    hops,
    ageSeconds,
    vantage: vendors.findLast(({ vantage }) => vantage !== null)?.vantage ?? null,
    shield: vendors.findLast(({ shield }) => shield !== null)?.shield ?? null,
    deployId:
      DEPLOY_FIELDS.map((name) => fields.lines(name)[0])
        .find((id) => id !== undefined && id !== '')
        ?.slice(0, 100) ?? null,
    tagHeaders: readTagHeaders(fields),
    oddities: [
      ...disagree.map(([one, other]) => `The cache contradicts itself: ${one.evidence}; Cache-Status: ${other.evidence}.`),
      ...oddities(fields, ageSeconds, hops),
    ],
  }
}

const DEPLOY_FIELDS = [
  'x-nextjs-deployment-id',
  'x-vercel-deployment-id',
  'x-deployment-id',
  'x-deploy-id',
  'x-amz-meta-deploy-id',
  'x-amz-meta-release',
] as const

/** RFC 9111 §5.1: an Age says that the answer came from a cache, whichever wrote it. */
function withAge(hops: readonly CacheHop[], ageSeconds: number | null, vendor: CacheVendor, fields: Fields): readonly CacheHop[] {
  const nearest = hops.at(-1)
  const stale = /^11[01]\b/.test(fields.lines('warning')[0] ?? '')
  // RFC 7234 §5.5, which older caches keep to: the copy is past its lifetime, or could not be confirmed.
  if (nearest?.state === 'hit' && stale) return [...hops.slice(0, -1), { ...nearest, state: 'stale' }]
  if (ageSeconds === null) return hops
  const evidence = `age: ${ageSeconds}`
  if (nearest === undefined) return [hop(vendor, 'hit', evidence)]
  // Next.js is an origin and writes no Age: somebody before it did.
  if (nearest.vendor === 'next') return [...hops, hop('unknown', 'hit', evidence)]
  return nearest.state === 'unknown' ? [...hops.slice(0, -1), { ...nearest, state: 'hit' }] : hops
}
