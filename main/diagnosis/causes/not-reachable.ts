import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Evidence } from '../evidence.ts'
import { checkAgain, look } from '../remedies.ts'
import { at, cause, fact, sentence } from '../wording.ts'

/** The edge gave no answer, or passes on that the origin fails. */
export function notReachable(evidence: Evidence, { originFailure, originGone, copy }: Derived): Cause | null {
  const { edge, history, seenAtMs } = evidence
  if (edge === null) {
    const [look] = history.looks
    if (!look?.failure || (seenAtMs !== null && look.atMs > seenAtMs)) return null
    const says = `The last check before then, at ${at(look.atMs)}, got no answer: ${sentence(look.failure)}`
    return cause(
      'not-reachable',
      'likely',
      says,
      [fact('history', sentence(look.failure), look.atMs)],
      [checkAgain('Check the page as it is now')],
    )
  }
  const { first, again } = edge
  if (!wasAnswered(first) && !wasAnswered(again)) {
    const says = `The edge did not answer, so nobody can say what it holds: ${sentence(first.failure)}`
    return cause(
      'not-reachable',
      'proven',
      says,
      [fact('edge', sentence(first.failure), first.sentAtMs)],
      [checkAgain('Check again in a minute'), look('Look whether the site is down for everybody')],
    )
  }
  const status = copy?.status ?? 0
  const refused = status >= 400 && !originGone && status !== 404 && status !== 410
  if (!refused || copy?.stored === true || (status < 500 && copy?.stored === null)) return null
  const says =
    originFailure === null
      ? `The site answers with status ${status} instead of the page, and the answer does not come from a cache.`
      : `The site answers with status ${status}, because the origin fails: ${originFailure}`
  const facts = [
    fact('edge', `Status ${status}, not from a stored copy.`, copy?.atMs ?? null),
    originFailure === null ? null : fact('origin', originFailure),
  ]
  return cause('not-reachable', originFailure === null ? 'likely' : 'proven', says, facts, [
    look('Repair the origin: a purge or a build does not help while it answers so'),
    checkAgain(),
  ])
}
