import { hop, reading, stateOfWord, type CacheHop, type Reading } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'

/** `HIT from squid01`; `HIT from squid01:3128` in `X-Cache-Lookup`. */
const MARK = /^(hit|miss|none) from ([^\s:]+)/i

/**
 * One field line a Squid, the nearest last. `X-Cache` says whether the copy was used, `X-Cache-Lookup` only whether there
 * was one. A confirmed copy and one given because the origin failed are shown as HIT. Source: Squid, "X-Cache".
 */
export function readSquid(fields: Fields): Reading | null {
  const known =
    fields.get('x-cache-lookup') !== undefined || /squid/i.test(`${fields.get('via') ?? ''} ${fields.get('server') ?? ''}`)
  if (!known) return null
  const lookups = new Map(fields.items('x-cache-lookup').map((item) => [MARK.exec(item)?.[2], item]))
  const marks = fields.items('x-cache').filter((item) => MARK.test(item) && !/ from cloudfront\b/i.test(item))
  const hops = marks.map((mark): CacheHop => {
    const [, word = '', name = ''] = MARK.exec(mark) ?? []
    const lookup = lookups.get(name)
    return hop('squid', stateOfWord(word), `x-cache: ${mark}${lookup === undefined ? '' : `, x-cache-lookup: ${lookup}`}`, {
      name,
    })
  })
  return reading('squid', hops)
}
