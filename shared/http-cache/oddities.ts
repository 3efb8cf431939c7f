import type { CacheHop } from './cache-hop.ts'
import { parseDirectives } from './directives.ts'
import type { Fields } from './fields.ts'
import { isFromCopy } from './hop-order.ts'
import { parseHttpDate } from './http-date.ts'
import { parseMembers, parseTargeted } from './structured.ts'
import { TARGETED_FIELDS } from './targeted.ts'

/** Fields that an answer has once, or with one value. Source: RFC 9110 and 9111, the fields that are no lists. */
const SINGLE = ['age', 'date', 'expires', 'etag', 'last-modified', 'content-type', 'location', 'x-amz-cf-pop'] as const
/** Only years with two digits depend on it; it keeps this free of a clock. */
const ANY_INSTANT_MS = Date.UTC(2030, 0)

/** What is odd about the headers, as sentences: each may make a tool or a cache read them otherwise than was meant. */
export function oddities(fields: Fields, ageSeconds: number | null, hops: readonly CacheHop[]): string[] {
  return [
    ...repeated(fields),
    ...ofAge(fields, ageSeconds, hops),
    ...ofDates(fields),
    ...ofCacheControl(fields),
    ...unreadable(fields),
    ...ofCopy(fields, hops),
  ]
}

function repeated(fields: Fields): string[] {
  return SINGLE.filter((name) => new Set(fields.lines(name)).size > 1).map(
    (name) => `${name} is there ${fields.lines(name).length} times with different values; caches take one or the other.`,
  )
}

function ofAge(fields: Fields, ageSeconds: number | null, hops: readonly CacheHop[]): string[] {
  const [text] = fields.lines('age')
  if (text === undefined) return []
  if (ageSeconds === null) return [`Age is ${quoted(text)}, which is no age: how old the copy is cannot be told.`]
  const nearest = hops.at(-1)
  if (nearest === undefined || ageSeconds === 0 || hops.some(isFromCopy)) return []
  if (nearest.state !== 'miss' && nearest.state !== 'bypass') return []
  const word = nearest.state === 'miss' ? 'had no copy' : 'did not use its store'
  return [`The nearest cache says that it ${word}, yet Age is ${ageSeconds} s: a cache behind it answered from a copy.`]
}

function ofDates(fields: Fields): string[] {
  const at = (name: string): number | undefined => parseHttpDate(fields.lines(name)[0], ANY_INSTANT_MS)
  const odd = ['date', 'last-modified']
    .filter((name) => fields.lines(name).length > 0 && at(name) === undefined)
    .map((name) => `${titled(name)} is ${quoted(fields.lines(name)[0] ?? '')}, which is no date.`)
  const [expires] = fields.lines('expires')
  // "0" and "-1" are the customary ways of saying "already expired".
  if (expires !== undefined && at('expires') === undefined && !/^(0|-1)$/.test(expires)) {
    odd.push(`Expires is ${quoted(expires)}, which is no date: caches take it for already expired.`)
  }
  const [date, modified] = [at('date'), at('last-modified')]
  if (date !== undefined && modified !== undefined && modified > date + 1_000) {
    odd.push('Last-Modified is later than Date: one of the clocks is wrong.')
  }
  return odd
}

const IN_SECONDS = ['max-age', 's-maxage', 'stale-while-revalidate', 'stale-if-error'] as const

function ofCacheControl(fields: Fields): string[] {
  const lines = fields.lines('cache-control')
  const all = parseDirectives(lines.join(', '))
  const odd: string[] = []
  for (const name of IN_SECONDS) {
    const values = new Set(lines.flatMap((line) => line.split(',')).flatMap((part) => valueOf(part, name)))
    if (values.size > 1) odd.push(`Cache-Control has ${name} ${values.size} times with different values; the first is taken.`)
    const value = all.get(name)
    if (value !== undefined && (value === true || !/^\d+$/.test(value))) {
      odd.push(`Cache-Control has ${name}${value === true ? '' : `=${quoted(value)}`}, which is no number of seconds.`)
    }
  }
  if (all.has('public') && all.has('private')) odd.push('Cache-Control says both public and private; private is obeyed.')
  const lasts = [...IN_SECONDS].find((name) => /^0*[1-9]/.test(String(all.get(name) ?? '')))
  if (all.has('no-store') && lasts !== undefined) odd.push(`Cache-Control says both no-store and ${lasts}; no-store is obeyed.`)
  return odd
}

function valueOf(part: string, name: string): string[] {
  const [key = '', value] = part.split('=', 2)
  return key.trim().toLowerCase() === name && value !== undefined ? [value.trim()] : []
}

function unreadable(fields: Fields): string[] {
  const { bad } = parseMembers(fields.get('cache-status') ?? '')
  const status = bad.length === 0 ? [] : [`Cache-Status has a part that cannot be read: ${quoted(bad[0] ?? '')}.`]
  const targeted = TARGETED_FIELDS.filter((name) => {
    const value = fields.get(name)
    return value !== undefined && parseTargeted(value) === undefined
  })
  return [...status, ...targeted.map((name) => `${name} is not well formed, so a cache takes it as absent (RFC 9213).`)]
}

function ofCopy(fields: Fields, hops: readonly CacheHop[]): string[] {
  const nearest = hops.at(-1)
  if (nearest === undefined || !isFromCopy(nearest)) return []
  const odd: string[] = []
  if (fields.get('set-cookie') !== undefined) odd.push('A stored copy sets a cookie: every visitor gets the same one.')
  const dated = nearest.vendor === 'cloudfront' || nearest.vendor === 'fastly'
  if (dated && nearest.state === 'hit' && fields.get('age') === undefined) {
    odd.push('The cache says that it answered from a copy, but the answer has no Age: how old the copy is cannot be told.')
  }
  return odd
}

function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}

function titled(name: string): string {
  return name === 'date' ? 'Date' : 'Last-Modified'
}
