import type { Cause } from '#shared/diagnosis.ts'
import { fromHere } from '../answers.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { checkAgain, letExpire, purgeThis } from '../remedies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** The edge keeps an error where the origin has a page. */
export function errorStored(evidence: Evidence, derived: Derived): Cause | null {
  const { copy, after, live, originGone, originFailure } = derived
  const held = [copy, after].find((one) => one !== null && (one.status ?? 0) >= 400 && one.stored !== false) ?? null
  if (held === null || originGone || (originFailure !== null && held.stored !== true)) return null
  const { origin, page } = evidence
  const hasPage = origin.basis !== 'none' ? origin.status < 400 : typeof live?.hash === 'string'
  const expected = hasPage || page?.servedAs === 'static' || page?.servedAs === 'rendered' || page?.servedAs === 'fallback'
  // Nobody knows of a page there, so a 404 may be right.
  if (!expected && (held.status ?? 0) < 500) return null
  const made = held.madeAtMs === null ? '' : ` since ${at(held.madeAtMs)}`
  const has = hasPage ? ', although the origin has the page' : ''
  return cause(
    'error-stored',
    held.stored === true && hasPage ? 'proven' : held.stored === true || hasPage ? 'likely' : 'possible',
    `The edge keeps an error (status ${held.status}) where a page belongs${made}${has}, seen ${fromHere(held.vantage)}.`,
    [
      fact(
        held.answer === null ? 'history' : 'edge',
        `Status ${held.status}${held.stored === true ? ', from its store' : ''}${held.lifetime ? `; ${quoted(held.lifetime.rule)}` : ''}.`,
        held.atMs,
      ),
      hasPage ? fact('origin', 'The origin has the page.', origin.basis === 'none' ? null : origin.atMs) : null,
      originFailure === null ? null : fact('origin', originFailure),
    ],
    [
      originFailure === null
        ? purgeThis(evidence, derived)
        : checkAgain('Repair the origin first, then purge: now the edge would only store the error again'),
      letExpire({ ...derived, copy: held }, evidence.askedAtMs),
    ],
  )
}
