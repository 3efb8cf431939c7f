import { counted } from '#shared/count-of.ts'
import type { Finding } from '#shared/sites.ts'

/** A site may have thousands of zones; so many of them are asked by a test. */
export const ZONES_TRIED = 20
/** A test asks so many of them at a time: they are likely to be one server. */
export const ZONES_AT_A_TIME = 5
/** Up to so many are told one by one. */
const TOLD_EACH = 5
const FAILURES_TOLD = 10

/** Places of the zones that are asked: the front one first, the rest spread over all of them. */
export function sampledPlaces(zones: number): number[] {
  const asked = Math.min(zones, ZONES_TRIED)
  return Array.from({ length: asked }, (_, at) => (at === 0 ? 0 : Math.round((at * (zones - 1)) / (asked - 1))))
}

/** The finding of a zone at the place where that was entered; `places`: of the asked ones. */
export function atPlace(finding: Finding, places: readonly number[]): Finding {
  return { ...finding, field: finding.field.replace(/\d+/, (at) => String(places[Number(at)] ?? at)) }
}

/**
 * Findings with those of many zones summed up: how many answer, and the first that do not.
 *
 * @param all how many zones the asked ones are a sample of.
 */
export function summedUp(findings: readonly Finding[], all: number, word = 'zones'): Finding[] {
  const zones = findings.filter(isOfZone)
  if (zones.length === 0 || (all <= TOLD_EACH && zones.length === all)) return [...findings]
  const failed = zones.filter(({ ok }) => !ok)
  const more = failed.length - FAILURES_TOLD
  const head = {
    ...ZONES,
    ok: failed.length === 0,
    message: `${counted(zones.length)} of ${counted(all)} ${word} asked: ${answerWords(zones.length - failed.length, failed.length)}.`,
  }
  return [
    head,
    ...failed.slice(0, FAILURES_TOLD),
    ...(more > 0
      ? [{ ...ZONES, ok: false, message: `and ${counted(more)} more that ${more === 1 ? 'does' : 'do'} not answer.` }]
      : []),
    ...findings.filter((finding) => !isOfZone(finding)),
  ]
}

const ZONES = { part: 'Zones', field: 'zones', fix: null }
export const isOfZone = ({ field }: Finding) => /^zones\.\d/.test(field)

function answerWords(answering: number, silent: number): string {
  if (silent === 0) return answering === 1 ? 'it answers' : 'all answer'
  if (answering === 0) return silent === 1 ? 'it does not' : 'none answers'
  return `${counted(answering)} ${answering === 1 ? 'answers' : 'answer'}, ${counted(silent)} ${silent === 1 ? 'does' : 'do'} not`
}
