import type { Cause } from '#shared/diagnosis.ts'
import { fields, isStored } from '../answers.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Answered, type Evidence, type Exchanged } from '../evidence.ts'
import { checkAgain, look, sendHeader } from '../remedies.ts'
import { cause, fact, quoted, span } from '../wording.ts'

/** The edge may not keep the page, or asks the origin before every answer, and which header says so. */
export function notCacheable(evidence: Evidence, { copy }: Derived): Cause | null {
  const { edge, site } = evidence
  const answer = copy?.answer
  if (copy === null || (copy.status ?? 0) >= 400) return null
  if (!answer) {
    return copy.time === 'asks-always'
      ? cause(
          'not-cacheable',
          'likely',
          'The edge asked the origin for every visit at that time: nothing was kept.',
          [fact('history', 'A check found that the edge keeps nothing.', copy.atMs)],
          [],
        )
      : null
  }
  const lasts = copy.lifetime
  const again = edge?.again ?? null
  const held = copy.stored === true || (wasAnswered(again) && isStored(again.cache) === true)
  if (!lasts || held) return null
  const named = lasts.asksAlways && !lasts.rule.startsWith('no lifetime')
  const passes = answer.cache.state === 'bypass'
  // Where no header names a lifetime, many caches store nothing, and that is its own cause.
  if (!named && !passes) return lasts.heuristic ? null : neverStored(evidence, answer, again, lasts.lifetimeSeconds)
  const value = fields(answer).get('cache-control') ?? ''
  const header = lasts.rule.startsWith('Expires') ? 'Expires' : 'Cache-Control'
  return cause(
    'not-cacheable',
    named ? 'proven' : 'likely',
    named
      ? `The edge asks the origin for every visit, because of ${header}: ${quoted(header === 'Expires' ? (fields(answer).get('expires') ?? '') : value, 120) || quoted(lasts.rule)} (${quoted(lasts.rule, 80)}). No copy is kept, so none can be old there, and a purge changes nothing.`
      : 'The edge passes every visit on to the origin by a rule of its own: no header of the answer forbids keeping it.',
    [
      fact(
        'edge',
        named
          ? `${header} forbids keeping it: ${quoted(lasts.rule)}.`
          : `The edge says that it did not use its store (${quoted(answer.cache.hops.at(-1)?.evidence ?? '', 120)}).`,
        answer.atMs,
      ),
    ],
    [
      named
        ? sendHeader('Cache-Control', 'max-age=0, s-maxage=86400', 'if every visitor may get the same page')
        : look('Look which rule of the edge leaves this path out of its cache'),
      site === null ? null : look('Nothing to purge: what visitors get is what the origin answers'),
    ],
  )
}

/** Asked twice in a row, and both times the edge had to ask the origin, although the headers allow it to keep the answer. */
function neverStored({ site }: Evidence, answer: Answered, again: Exchanged | null, lifetimeSeconds: number): Cause | null {
  if (!wasAnswered(again) || lifetimeSeconds <= 0) return null
  const missed = [answer, again].every(
    ({ cache, status }) => cache.state === 'miss' && (cache.ageSeconds ?? 0) === 0 && status < 400,
  )
  if (!missed) return null
  return cause(
    'not-cacheable',
    'likely',
    `The edge did not store it twice in a row, though its headers allow ${span(lifetimeSeconds)}: it may be too large, or a rule of the edge forbids it. No copy is kept, so none can be old there.`,
    [
      fact('edge', `First: ${quoted(answer.cache.hops.at(-1)?.evidence ?? 'a miss', 120)}.`, answer.atMs),
      fact('edge', `Then again: ${quoted(again.cache.hops.at(-1)?.evidence ?? 'a miss', 120)}.`, again.atMs),
    ],
    [
      look('Look at the size limit of the edge, and which of its rules leaves this path out of its cache'),
      checkAgain('Check again: two servers of one location may each have had no copy yet'),
      site === null ? null : look('Nothing to purge: what visitors get is what the origin answers'),
    ],
  )
}
