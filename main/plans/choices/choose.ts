import type { When, WhenChoice } from '#shared/plan-choices.ts'
import type { PlanPage } from '#shared/plans.ts'
import { timePlaceholder } from '#shared/time-placeholders.ts'
import type { Decision } from '../decide.ts'
import type { Target } from '../targets.ts'
import type { PageFacts } from './page-facts.ts'

const GOING = new Set<PlanPage['decision']>(['purge', 'after-build', 'after-refresh'])

/** What was chosen for each page. The last choice that names a page, one of its tag classes or all of them counts. */
export function whenOf(
  choices: readonly WhenChoice[],
  facts: ReadonlyMap<number, Pick<PageFacts, 'classes'>>,
): (pageId: number) => When {
  const latest = choices
    .map(({ choice, pageIds, tagClass }) => ({
      choice,
      pageIds: pageIds && new Set(pageIds),
      tagClass: tagClass?.toLowerCase(),
    }))
    .reverse()
  return (pageId) =>
    latest.find(
      ({ pageIds, tagClass }) =>
        (pageIds === undefined || pageIds.has(pageId)) &&
        (tagClass === undefined || facts.get(pageId)?.classes.includes(tagClass) === true),
    )?.choice ?? 'now'
}

/**
 * Whether it can be chosen when a page is purged: only where something would be. A page that its renderer keeps old can be
 * refreshed when it is visited, also where this plan refreshes nothing.
 */
export function isChoosable(target: Target, { decision }: Decision): boolean {
  return GOING.has(decision) || (decision === 'held-back' && target.rendered)
}

/** The decision about a page after the choice that was made for it. */
export function choose(target: Target, decided: Decision, when: When, facts: PageFacts | undefined, nowMs: number): Decision {
  if (when === 'now' || !isChoosable(target, decided)) return decided
  if (when === 'when-visited') return { decision: 'when-visited', reason: whenVisitedReason(target, decided) }
  return { decision: 'expires', reason: expiresReason(target, decided, facts?.expiresAtMs ?? null, nowMs) }
}

function whenVisitedReason(target: Target, { decision }: Decision): string {
  if (target.rendered && target.content === 'pending')
    return 'Refreshed and purged when it is visited; that visitor still sees the old one.'
  if (decision === 'after-build') return 'After the build it is purged when it is visited; that visitor still sees the old one.'
  return 'Purged when it is visited; that visitor still sees the old one.'
}

function expiresReason(target: Target, { decision }: Decision, expiresAtMs: number | null, nowMs: number): string {
  const says =
    expiresAtMs === null
      ? 'Left to expire, and nobody knows when that is.'
      : expiresAtMs <= nowMs
        ? 'It has expired by itself.'
        : `It expires by itself on ${timePlaceholder(expiresAtMs)} at the latest; purging costs 1 item.`
  if (decision !== 'after-build' || target.content !== 'pending') return says
  return `${says} If that is before the build has ended, the old page is stored again for as long.`
}
