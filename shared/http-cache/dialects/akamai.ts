import { hop, reading, type CacheHop, type CacheState, type Reading } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'

/** Source: Akamai techdocs, "Pragma headers": values of `X-Cache`. Azure's edges write some of these words too. */
const STATES: ReadonlyMap<string, CacheState> = new Map([
  ['TCP_HIT', 'hit'],
  ['TCP_MEM_HIT', 'hit'],
  ['TCP_IMS_HIT', 'hit'],
  ['TCP_NEGATIVE_HIT', 'hit'],
  ['TCP_REMOTE_HIT', 'hit'],
  ['TCP_REFRESH_HIT', 'revalidated'],
  ['TCP_REFRESH_FAIL_HIT', 'stale'],
  ['TCP_MISS', 'miss'],
  ['TCP_EXPIRED_MISS', 'miss'],
  ['TCP_REFRESH_MISS', 'miss'],
  ['TCP_CLIENT_REFRESH_MISS', 'miss'],
  ['TCP_DENIED', 'bypass'],
  ['TCP_COOKIE_DENY', 'bypass'],
  ['CONFIG_NOCACHE', 'bypass'],
  ['PRIVATE_NOSTORE', 'bypass'],
  ['UNCACHEABLE', 'bypass'],
  ['TCP_ERROR', 'error'],
])

/** `TCP_MEM_HIT from a69-174-50-208 (AkamaiGHost/5.7.2-5726413) (-)` */
const MARK = /^([A-Z]+_[A-Z_]+|UNCACHEABLE)\b(?: from (\S+))?/

export function readAkamai(fields: Fields): Reading | null {
  const marks = [...fields.items('x-cache-remote'), ...fields.items('x-cache')].filter((item) => MARK.test(item))
  const named =
    fields.names.some((name) => name === 'akamai-grn' || name.startsWith('x-akamai-')) ||
    /akamai/i.test(`${fields.get('server') ?? ''} ${marks.join(' ')}`)
  if (!named && marks.length === 0) return null
  // The words alone do not tell Akamai from an Azure edge.
  const azure = fields.names.some((name) => name === 'x-azure-ref' || name === 'x-msedge-ref')
  const vendor = azure && !named ? 'unknown' : 'akamai'
  const cacheable = fields.get('x-check-cacheable')
  const stored = cacheable === undefined ? null : !/^no\b/i.test(cacheable)
  const hops = marks.map((mark, index): CacheHop => {
    const [, word = '', name] = MARK.exec(mark) ?? []
    return hop(vendor, STATES.get(word) ?? 'unknown', mark, {
      name: name ?? null,
      stored: index === marks.length - 1 ? stored : null,
    })
  })
  return reading(vendor, hops.length > 0 ? hops : statusHops(fields))
}

/** `Akamai-Cache-Status: Miss from child, Hit from parent`: the child is the edge. */
function statusHops(fields: Fields): CacheHop[] {
  const states: Readonly<Record<string, CacheState>> = { hit: 'hit', refreshhit: 'revalidated', miss: 'miss', error: 'error' }
  return fields
    .items('akamai-cache-status')
    .map((item) => ({ item, match: /^([a-z]+) from (child|parent)\b/i.exec(item) }))
    .sort((a, b) => rank(a.match?.[2]) - rank(b.match?.[2]))
    .map(({ item, match }) =>
      hop('akamai', states[match?.[1]?.toLowerCase() ?? ''] ?? 'unknown', item, { name: match?.[2]?.toLowerCase() ?? null }),
    )
}

function rank(place: string | undefined): number {
  return place?.toLowerCase() === 'parent' ? 0 : 1
}
