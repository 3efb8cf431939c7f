import { hop, type CacheHop, type CacheVendor, type Reading } from './cache-hop.ts'
import type { Fields } from './fields.ts'
import { readAkamai } from './dialects/akamai.ts'
import { readCloudFront } from './dialects/cloudfront.ts'
import { readCloudflare } from './dialects/cloudflare.ts'
import { readFastly } from './dialects/fastly.ts'
import { readNetlify } from './dialects/netlify.ts'
import { NGINX_NAMES, readNginx } from './dialects/nginx.ts'
import { readSquid } from './dialects/squid.ts'
import { readVarnish } from './dialects/varnish.ts'
import { readNext, readVercel } from './dialects/vercel.ts'

/** Where several caches answered, what runs beside an origin stands behind what a vendor runs for visitors. */
const USUAL: readonly CacheVendor[] = [
  'next',
  'nginx',
  'squid',
  'varnish',
  'unknown',
  'fastly',
  'netlify',
  'vercel',
  'akamai',
  'cloudfront',
  'cloudflare',
]

const READERS = [
  readNext,
  readNginx,
  readSquid,
  readVarnish,
  readFastly,
  readNetlify,
  readVercel,
  readAkamai,
  readCloudFront,
  readCloudflare,
] as const

const IN_VIA: readonly (readonly [RegExp, CacheVendor])[] = [
  [/cloudfront/i, 'cloudfront'],
  [/squid/i, 'squid'],
  [/varnish/i, 'varnish'],
]

/** What every vendor that can be told from its fields says, the nearest to the origin first. */
export function readVendors(fields: Fields, order: readonly CacheVendor[]): readonly Reading[] {
  return READERS.map((read) => read(fields))
    .filter((found) => found !== null)
    .sort((a, b) => order.indexOf(a.vendor) - order.indexOf(b.vendor))
}

/** The vendors from the origin to the client: as usual, but those that `Via` names in its order (RFC 9110 §7.6.3). */
export function vendorOrder(fields: Fields): readonly CacheVendor[] {
  const told = fields.items('via').flatMap((via) => IN_VIA.find(([pattern]) => pattern.test(via))?.[1] ?? [])
  const inVia = [...new Set(told)]
  const next = inVia.values()
  const order =
    inVia.length < 2 ? USUAL : USUAL.map((vendor) => (inVia.includes(vendor) ? (next.next().value ?? vendor) : vendor))
  return nginxIsInFront(fields)
    ? [...order.filter(isBeside), 'nginx', ...order.filter((vendor) => !isBeside(vendor) && vendor !== 'nginx')]
    : order
}

const isBeside = (vendor: CacheVendor): boolean => vendor === 'next' || vendor === 'squid' || vendor === 'varnish'

/** nginx is not in `Via`. Each of these writes its own fields behind those that it received: the last ones are the nearest's. */
function nginxIsInFront(fields: Fields): boolean {
  if (!/^(nginx|openresty)\b/i.test(fields.get('server') ?? '')) return false
  const own = NGINX_NAMES.map((name) => fields.names.indexOf(name)).filter((index) => index !== -1)
  return own.length > 0 && Math.max(...own) > fields.names.indexOf('via')
}

/**
 * One list of hops from the members of `Cache-Status`, whose order counts, and from the vendors' own fields. A cache that
 * speaks in both is one hop: by its name, by its vendor, or as the nearest one when both say the same.
 */
export function joinHops(
  members: readonly CacheHop[],
  own: readonly CacheHop[],
  order: readonly CacheVendor[],
): { readonly hops: readonly CacheHop[]; readonly disagree: readonly (readonly [CacheHop, CacheHop])[] } {
  const left = [...own]
  const disagree: (readonly [CacheHop, CacheHop])[] = []
  const hops = members.toReversed().map((member, fromLast) => {
    const index = twinOf(member, fromLast === 0, left)
    const [twin] = index === -1 ? [] : left.splice(index, 1)
    if (!twin) return member
    const state = refined(twin, member)
    if (isFromCopy(twin) !== isFromCopy(member) && twin.state !== 'unknown' && member.state !== 'unknown') {
      if (twin.state !== 'error') disagree.push([twin, member])
    }
    const evidence = `${twin.evidence}, cache-status: ${member.evidence}`
    // An error that came from the cache's store stays an error, and was stored.
    const stored = state === 'error' && isFromCopy(member) ? true : member.stored
    return hop(twin.vendor, state, evidence, { ...member, stored, name: twin.name ?? member.name, hits: twin.hits })
  })
  hops.reverse()
  for (const one of left) {
    const rank = order.indexOf(one.vendor)
    const before = hops.findIndex(({ vendor }) => order.indexOf(vendor) > rank)
    hops.splice(before === -1 ? hops.length : before, 0, one)
  }
  return { hops, disagree }
}

function twinOf(member: CacheHop, nearest: boolean, own: readonly CacheHop[]): number {
  const named = own.findLastIndex(({ name }) => name !== null && name.toLowerCase() === member.name?.toLowerCase())
  if (named !== -1) return named
  if (member.vendor !== 'unknown') return own.findLastIndex(({ vendor }) => vendor === member.vendor)
  return nearest && own.at(-1)?.state === member.state ? own.length - 1 : -1
}

/** `Cache-Status` tells more finely; only a vendor's word for an error has no like there. */
function refined(own: CacheHop, member: CacheHop): CacheHop['state'] {
  return own.state === 'error' || member.state === 'unknown' ? own.state : member.state
}

/** Whether the cache gave what it held rather than what it was just sent. */
export function isFromCopy({ state }: Pick<CacheHop, 'state'>): boolean {
  return state === 'hit' || state === 'stale' || state === 'revalidated'
}
