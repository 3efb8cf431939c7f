import { hop, reading, stateOfWord, type Reading } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'

/** nginx writes no cache field by itself; these are the names under which people show `$upstream_cache_status`. */
const NAMES = ['x-cache-status', 'x-proxy-cache', 'x-nginx-cache', 'x-fastcgi-cache', 'x-proxy-cache-status'] as const
const WORD = /^(hit|miss|expired|stale|updating|revalidated|bypass|scarce)$/i
/** Words that nobody else writes into `X-Cache`. */
const OWN_WORD = /^(expired|updating|revalidated|scarce)$/i

export function readNginx(fields: Fields): Reading | null {
  const name = NAMES.find((candidate) => fields.get(candidate) !== undefined)
  if (name !== undefined) {
    const word = fields.items(name).at(-1) ?? ''
    return reading('nginx', WORD.test(word) ? [hop('nginx', stateOfWord(word), `${name}: ${word}`)] : [])
  }
  const word = fields.lines('x-cache').at(-1) ?? ''
  const own = OWN_WORD.test(word) || (WORD.test(word) && /nginx|openresty/i.test(fields.get('server') ?? ''))
  const others = fields.get('x-varnish') !== undefined || fields.get('x-served-by')?.startsWith('cache-') === true
  return own && !others ? reading('nginx', [hop('nginx', stateOfWord(word), `x-cache: ${word}`)]) : null
}
