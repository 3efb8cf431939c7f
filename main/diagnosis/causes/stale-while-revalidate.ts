import type { Cause } from '#shared/diagnosis.ts'
import { sameBody } from '../answers.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Evidence } from '../evidence.ts'
import { checkAgain, purgeThis } from '../remedies.ts'
import { at, cause, fact, span } from '../wording.ts'

/** The copy's lifetime is over; the edge gives it once more while it fetches the new one (RFC 5861 §3). */
export function staleWhileRevalidate(evidence: Evidence, derived: Derived): Cause | null {
  const { copy, content, originFailure } = derived
  if (copy === null || copy.stale === null || originFailure !== null || (copy.status ?? 200) >= 400) return null
  const again = evidence.edge?.again ?? null
  const replaced = wasAnswered(again) && copy.answer !== null && again !== copy.answer && !sameBody(again, copy.answer)
  if (content.is === 'same' && !replaced) return null
  const confidence =
    copy.stale === 'told' && (content.is === 'different' || replaced)
      ? 'proven'
      : content.is === null && copy.stale === 'counted'
        ? 'possible'
        : 'likely'
  const made = copy.madeAtMs === null ? '' : ` of ${at(copy.madeAtMs)}`
  const lasts = copy.lifetime
  return cause(
    'stale-while-revalidate',
    confidence,
    `The copy${made} is past its lifetime; the edge gives it to one more visitor and fetches the new page meanwhile. ${replaced ? 'Our check set that off: the next answer was new.' : 'The next visit should get the new one.'}`,
    [
      fact(
        'edge',
        lasts
          ? `It lasts ${span(lasts.lifetimeSeconds)} and may be given for ${span(lasts.staleWhileRevalidateSeconds)} more while it is fetched.`
          : 'The copy is past its lifetime.',
        copy.atMs,
      ),
      replaced ? fact('edge', 'The second answer had another page.', again.atMs) : null,
      content.is === 'different' ? fact('origin', 'The origin has another page and answers.') : null,
    ],
    [
      checkAgain(replaced ? 'Check again: it is renewed from here' : 'Check again: one visit is enough'),
      replaced ? null : purgeThis(evidence, derived),
    ],
  )
}
