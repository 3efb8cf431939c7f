import { hop, reading, stateOfWord, type Reading } from '../cache-hop.ts'
import { countOf, type Fields } from '../fields.ts'

/** What two caches are named and how far they counted is aligned with their states only when the lists are as long. */
const at = (items: readonly string[], length: number, index: number): string | undefined =>
  items.length === length ? items[index] : undefined

/**
 * Lists of `X-Cache`, `X-Cache-Hits` and `X-Served-By`: the shield first, the edge last. PASS is shown as MISS, stale and
 * synthetic answers as HIT. What the shield says of an edge hit dates from when the edge stored it.
 * Source: Fastly docs, "X-Cache", "X-Served-By".
 */
export function readFastly(fields: Fields): Reading | null {
  const servers = fields.items('x-served-by').filter((server) => server.startsWith('cache-'))
  if (servers.length === 0) return null
  const words = fields.items('x-cache').filter((word) => /^(hit|miss|pass|error)\b/i.test(word) && !/ from /i.test(word))
  const counts = fields.items('x-cache-hits')
  const hops = words.map((word, index) =>
    hop('fastly', stateOfWord(word.split(/[-\s]/, 1)[0] ?? ''), `x-cache: ${word}`, {
      name: at(servers, words.length, index) ?? null,
      hits: countOf(at(counts, words.length, index)),
    }),
  )
  const first = servers[0] ?? ''
  return reading('fastly', hops, {
    vantage: placeOf(servers.at(-1) ?? ''),
    shield: servers.length > 1 ? placeOf(first) : null,
  })
}

/** `cache-fra-etou8220029-FRA`, of which some services leave the end out. */
function placeOf(server: string): string | null {
  const code = /-([A-Z]{3,4})$/.exec(server)?.[1] ?? /^cache-([a-z]{3})/.exec(server)?.[1]
  return code?.toUpperCase() ?? null
}
