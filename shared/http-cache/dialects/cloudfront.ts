import { hop, reading, type CacheHop, type CacheState, type Reading } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'

const STATES: ReadonlyMap<string, CacheState> = new Map([
  ['hit', 'hit'],
  ['originshieldhit', 'hit'],
  ['refreshhit', 'revalidated'],
  ['miss', 'miss'],
  ['error', 'error'],
  ['limitexceeded', 'error'],
  ['capacityexceeded', 'error'],
  ['redirect', 'bypass'],
  ['lambdageneratedresponse', 'bypass'],
  ['functiongeneratedresponse', 'bypass'],
])

/** `x-cache: Hit from cloudfront`. Source: CloudFront developer guide, result types in its access logs. */
const RESULT = /^([a-z]+) from cloudfront\b/i

export function readCloudFront(fields: Fields): Reading | null {
  const pop = fields.lines('x-amz-cf-pop').at(-1)
  const marks = fields.items('x-cache').filter((item) => RESULT.test(item))
  if (pop === undefined && marks.length === 0 && !/\.cloudfront\.net\b/i.test(fields.get('via') ?? '')) return null
  const mark = marks.at(-1)
  const result = RESULT.exec(mark ?? '')?.[1]?.toLowerCase() ?? ''
  const timing = fields.items('server-timing')
  const state = mark === undefined ? timedState(timing) : (STATES.get(result) ?? 'unknown')
  const layer = described(timing, 'cdn-hit-layer')
  const shield = layer === null || layer.toUpperCase() === 'EDGE' ? null : layer
  const hops: CacheHop[] = []
  if (shield !== null) hops.push(hop('cloudfront', 'hit', `cdn-hit-layer;desc="${shield}"`, { name: shield }))
  if (mark !== undefined || state !== 'unknown') {
    hops.push(hop('cloudfront', state, mark ?? timing.join(', '), { name: pop ?? null }))
  }
  // `FRA56-P3`: the suffix names a cell of the same location.
  return reading('cloudfront', hops, { vantage: pop?.replace(/-[A-Z]\d+$/, '') ?? null, shield })
}

/** `Server-Timing` is there only when a response headers policy asks for it. */
function timedState(timing: readonly string[]): CacheState {
  const names = new Set(timing.map((metric) => metric.split(';', 1)[0]))
  if (names.has('cdn-cache-refresh')) return 'revalidated'
  if (names.has('cdn-cache-hit')) return 'hit'
  return names.has('cdn-cache-miss') ? 'miss' : 'unknown'
}

function described(timing: readonly string[], name: string): string | null {
  const metric = timing.find((candidate) => candidate.startsWith(`${name};`))
  return metric === undefined ? null : (/;desc="([^"]{1,40})"/.exec(metric)?.[1] ?? null)
}
