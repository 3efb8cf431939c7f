import type { PlanPage } from '#shared/plans.ts'
import type { Target } from './targets.ts'

export type Decision = Pick<PlanPage, 'decision' | 'reason'>

/** Why a page whose origin is old must wait. Nothing is gained by purging it, and money is lost. */
export const HELD_BACK = 'Its origin is still old. Purging now would only store the old page again. Build first.'

/** The same where a renderer keeps the page. */
const HELD_BACK_RENDERED =
  'The renderer still keeps the old page. Purging now would only store the old page again. Refresh first.'

/**
 * What to do with a page, and why, in the order in which the reasons count. `build` and `refresh`: the plan makes the
 * origin new first, for built pages and for those that a renderer keeps.
 */
export function decide(target: Target, build: boolean, refresh = false): Decision {
  if (target.rendered) return decideRendered(target, refresh)
  if (target.content === 'pending') {
    return build
      ? { decision: 'after-build', reason: 'Waits for the build. It is purged when its file has changed.' }
      : { decision: 'held-back', reason: HELD_BACK }
  }
  const now = decideNow(target)
  if (build && now.decision === 'not-needed' && target.held) {
    return { decision: 'after-build', reason: 'Right at the moment. It is purged when the build changes its file.' }
  }
  return now
}

function decideRendered(target: Target, refresh: boolean): Decision {
  if (target.content !== 'pending') return decideNow(target)
  if (refresh)
    return { decision: 'after-refresh', reason: 'Waits for the refresh. It is purged when the edge holds an older page.' }
  return {
    decision: 'held-back',
    reason:
      target.refreshFailure === null
        ? HELD_BACK_RENDERED
        : `Its refresh failed: ${target.refreshFailure.replace(/\.$/, '')}. ${HELD_BACK_RENDERED}`,
  }
}

function decideNow({ word, content, held, purgedUnseen }: Target): Decision {
  if (purgedUnseen && (word === 'absent' || word === 'unknown' || word === 'failed'))
    return { decision: 'not-needed', reason: 'Purged already, and not checked since then.' }
  switch (word) {
    case 'outdated':
      return { decision: 'purge', reason: 'The edge holds an old copy; the origin has another version.' }
    case 'error':
      return held
        ? { decision: 'purge', reason: 'The edge holds an error where a page belongs.' }
        : { decision: 'not-needed', reason: 'The time of its stored error is over: the next visit asks the origin anyway.' }
    case 'unknown':
      return { decision: 'purge', reason: 'Never checked: the edge may hold an old copy.' }
    case 'failed':
      return { decision: 'purge', reason: 'Its check failed: the edge may hold an old copy.' }
    case 'absent':
      return { decision: 'not-needed', reason: 'The edge holds no copy.' }
    case 'uncached':
      return { decision: 'not-needed', reason: 'The edge asks the origin every time.' }
    case 'expired':
      return { decision: 'not-needed', reason: 'It is due: the next visit asks the origin anyway.' }
    case 'stale-allowed':
      return content === 'superseded'
        ? { decision: 'purge', reason: 'The edge would give its old copy once more.' }
        : { decision: 'not-needed', reason: 'It refreshes by itself on the next visit.' }
    case 'fresh':
      return content === 'current'
        ? { decision: 'not-needed', reason: 'The edge already has the version that the origin has.' }
        : { decision: 'purge', reason: 'It could not be compared with the origin; purged because you asked for it.' }
    case 'pending':
      return { decision: 'held-back', reason: HELD_BACK }
  }
}
