import type { Cause } from '#shared/diagnosis.ts'
import { fields, isStored } from '../answers.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Evidence } from '../evidence.ts'
import { look, sendHeader } from '../remedies.ts'
import { cause, fact, quoted } from '../wording.ts'

/** The edge may not keep the page, or asks the origin before every answer, and which header says so. */
export function notCacheable({ edge, site }: Evidence, { copy }: Derived): Cause | null {
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
  if (!named && !passes) return null
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
