import type { Cause } from '#shared/diagnosis.ts'
import { fromHere } from '../answers.ts'
import type { Copy } from '../copies.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { look, nothingToDo, purgeThis } from '../remedies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** The origin has no such page any more, whatever the edge gives. */
export function pageGone(evidence: Evidence, derived: Derived): Cause | null {
  const { copy, originGone, live } = derived
  if (copy === null) return null
  if (!originGone) return notThere(evidence, copy)
  const { origin, rule } = evidence
  const status = copy.status ?? 0
  // A page that a function renders is in no release.
  if (origin.basis === 'none' && (evidence.page?.rendersOnDemand === true || copy.stored !== true) && status < 400) return null
  const says =
    origin.basis === 'none' ? 'The live release has no file for this path.' : `The origin answers with status ${origin.status}.`
  const facts = [
    fact(
      origin.basis === 'none' ? 'release' : 'origin',
      says,
      origin.basis === 'none' ? (live?.startedAtMs ?? null) : origin.atMs,
    ),
    rule === null ? null : fact('release', `The rule ${quoted(rule.from)} → ${quoted(rule.to)} answers with ${rule.status}.`),
  ]
  if (status >= 400) {
    return cause(
      'page-gone',
      status === 404 || status === 410 ? 'proven' : 'likely',
      `There is no page at this address: the edge and the origin agree on status ${status}.`,
      facts,
      [nothingToDo('Nothing is wrong, if the page was taken away'), look('If it should be there: build it, or add a redirect')],
    )
  }
  if (copy.stored === false) return null
  const made = copy.madeAtMs === null ? '' : ` of ${at(copy.madeAtMs)}`
  return cause(
    'page-gone',
    copy.stored === true && origin.basis !== 'none' ? 'proven' : 'likely',
    `The page is gone at the origin, and the edge goes on giving its copy${made}, seen ${fromHere(copy.vantage)}.`,
    [...facts, fact('edge', `Status ${status}, from its store.`, copy.atMs)],
    [purgeThis(evidence, derived)],
  )
}

/** Nobody told of a page at this address, and the edge has just been told that there is none. */
function notThere({ origin, page }: Evidence, { status, stored, atMs }: Copy): Cause | null {
  if ((status !== 404 && status !== 410) || stored !== false || origin.basis !== 'none' || page?.servedAs === 'static')
    return null
  return cause(
    'page-gone',
    'likely',
    `There is no page at this address: the edge asked the origin, and the answer was status ${status}.`,
    [fact('edge', `Status ${status}, fetched just now.`, atMs)],
    [nothingToDo('Nothing is wrong, if the page was taken away'), look('If it should be there: build it, or add a redirect')],
  )
}
