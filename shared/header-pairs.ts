/** One header field as two layers gave it. Null where a layer did not give it. */
export interface HeaderPair {
  readonly name: string
  readonly edge: string | null
  readonly origin: string | null
  /** `edge-own`: the edge adds or rewrites it in every answer, so a difference says nothing about the copy. */
  readonly difference: 'none' | 'differs' | 'edge-own'
}

/** Fields about one exchange rather than about the copy. Sources: RFC 9110 §6.6.1, §7.6.3; RFC 9111 §5.1; RFC 9211. */
const OF_THE_EXCHANGE =
  /^(age|date|via|server|connection|keep-alive|transfer-encoding|content-length|content-encoding|alt-svc|cache-status|warning|server-timing|x-(check-cacheable|cache.*|(proxy|nginx|fastcgi)-cache.*|akamai-.*)|akamai-(cache-status|grn)|x-amz-cf-.*|x-served-by|x-timer|cf-.*|x-vercel-(id|cache)|x-nf-request-id|x-varnish|x-request-id)$/

/**
 * Aligns the header fields of an edge's answer and of the origin's by name, whatever its letter case; several values of a
 * field are joined with `, ` (RFC 9110 §5.3). Differences come first, then what both share, then the edge's own. Pure.
 */
export function pairHeaders(
  edge: readonly (readonly [string, string])[],
  origin: readonly (readonly [string, string])[],
): HeaderPair[] {
  const left = joined(edge)
  const right = joined(origin)
  const names = [...new Set([...left.keys(), ...right.keys()])].sort()
  const pairs = names.map((name): HeaderPair => {
    const [atEdge, atOrigin] = [left.get(name) ?? null, right.get(name) ?? null]
    return { name, edge: atEdge, origin: atOrigin, difference: differenceOf(name, atEdge, atOrigin) }
  })
  return pairs.sort((a, b) => ORDER.indexOf(a.difference) - ORDER.indexOf(b.difference))
}

const ORDER: readonly HeaderPair['difference'][] = ['differs', 'none', 'edge-own']

function differenceOf(name: string, edge: string | null, origin: string | null): HeaderPair['difference'] {
  if (OF_THE_EXCHANGE.test(name)) return 'edge-own'
  return edge === origin ? 'none' : 'differs'
}

function joined(headers: readonly (readonly [string, string])[]): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of headers) {
    const folded = name.toLowerCase()
    const before = fields.get(folded)
    fields.set(folded, before === undefined ? value : `${before}, ${value}`)
  }
  return fields
}
