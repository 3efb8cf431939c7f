import { hop, reading, type CacheHop, type Reading } from '../cache-hop.ts'
import { countOf, type Fields } from '../fields.ts'

/**
 * `X-Varnish: 32770 3` is this request and the one that fetched the copy; a single number is a fetch. `X-Cache` is there
 * only where somebody wrote it into the configuration, so it does not decide. Source: Varnish docs, "X-Varnish".
 */
export function readVarnish(fields: Fields): Reading | null {
  const marks = fields.items('x-varnish').filter((mark) => /^\d{1,20}(\s+\d{1,20})?$/.test(mark))
  if (marks.length === 0) return null
  const names = fields.items('via').filter((via) => /varnish/i.test(via))
  const hits = countOf(fields.lines('x-cache-hits').at(-1))
  const hops = marks.map((mark, index): CacheHop => {
    const nearest = index === marks.length - 1
    return hop('varnish', /\s/.test(mark) ? 'hit' : 'miss', `x-varnish: ${mark}`, {
      name: nameOf(names.length === marks.length ? names[index] : undefined),
      hits: nearest ? hits : null,
    })
  })
  return reading('varnish', hops)
}

/** `1.1 cache-01 (Varnish/7.5)`; older ones write `1.1 varnish`. */
function nameOf(via: string | undefined): string | null {
  const name = via?.split(/\s+/, 2)[1]
  return name === undefined || name.toLowerCase() === 'varnish' ? null : name
}
