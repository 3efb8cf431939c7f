import type { Plan, PlanPage } from '#shared/plans.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'

export const STATE_WORDS: Record<Plan['state'], string> = {
  draft: 'Draft',
  building: 'Making the origin new',
  purging: 'Purging',
  checking: 'Checking',
  warming: 'Visiting',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const RESULT_WORDS: Record<NonNullable<PlanPage['result']>, string> = {
  'new-version': 'New version',
  'still-old': 'Still old',
  'not-stored': 'Never cached',
  refreshing: 'Refresh running',
  'origin-old': 'Origin is old',
  failed: 'Check failed',
  untouched: 'Left alone',
}

/** What a plan is about, shortly: its first items and how many more; without items, its title. */
export function subjectWords({ purge, title }: Pick<Plan, 'purge' | 'title'>): string {
  const [first, second, ...others] = purge.items.map(({ item }) => item)
  if (first === undefined) return title
  const named = second === undefined ? first : `${first}, ${second}`
  return others.length === 0 ? named : `${named} and ${formatCount(others.length)} more`
}

export function isRunning(state: Plan['state']): boolean {
  return state === 'building' || state === 'purging' || state === 'checking' || state === 'warming'
}

/** How the first step stands: it is over when everything that it makes new is. */
export function originState({ state, build, refresh }: Pick<Plan, 'state' | 'build' | 'refresh'>): Plan['build']['state'] {
  const parts = [build, refresh].filter(({ wanted }) => wanted).map((part) => part.state)
  if (parts.length === 0) return state === 'draft' ? 'skipped' : build.state
  if (parts.includes('failed')) return 'failed'
  if (parts.every((part) => part === 'done')) return 'done'
  return state === 'building' ? 'running' : parts.includes('waiting') ? 'waiting' : 'running'
}

export interface DecisionTab {
  readonly key: string
  readonly label: string
  readonly decisions: PlanPage['decision'][]
  readonly count: number
  readonly says: string
}

/** The plan's pages by what is done with them; only kinds that there are. */
export function decisionTabs(counts: Plan['counts']): DecisionTab[] {
  const tabs: DecisionTab[] = [
    { key: 'purge', label: 'Purged', decisions: ['purge'], count: counts.purge, says: 'Replaced by this plan.' },
    {
      key: 'after-build',
      label: 'After the build',
      decisions: ['after-build'],
      count: counts.afterBuild,
      says: 'The build decides: pages that it changes are purged.',
    },
    {
      key: 'after-refresh',
      label: 'After the refresh',
      decisions: ['after-refresh'],
      count: counts.afterRefresh,
      says: 'The renderer renders these again; those of which the edge holds an older page are purged.',
    },
    {
      key: 'held-back',
      label: 'Held back',
      decisions: ['held-back'],
      count: counts.heldBack,
      says: 'Purging these now would only store the old page again.',
    },
    { key: 'not-needed', label: 'Not needed', decisions: ['not-needed'], count: counts.notNeeded, says: 'These need no purge.' },
    {
      key: 'refused',
      label: 'Refused',
      decisions: ['refused'],
      count: counts.refused,
      says: 'Nothing can be done with these lines.',
    },
  ]
  return tabs.filter((tab) => tab.count > 0)
}

/** "1 item for 41 pages", with "at most" while a build can still make it less. */
export function itemWords(purge: Pick<Plan['purge'], 'atMost' | 'itemCount' | 'pageCount'>): string {
  if (purge.itemCount === 0) return 'Nothing to purge'
  return `${purge.atMost ? 'At most ' : ''}${countOf(purge.itemCount, 'purge')} for ${countOf(purge.pageCount, 'page')}`
}

export function coldWords(alsoCold: number): string {
  return alsoCold === 0 ? 'no other page goes cold' : `${countOf(alsoCold, 'other page')} ${alsoCold === 1 ? 'goes' : 'go'} cold`
}

/** What is left of the month's free purges, before and after. */
export function allowanceWords(purge: Pick<Plan['purge'], 'allowanceBefore' | 'allowanceAfter' | 'allowanceAtMost'>): string {
  if (purge.allowanceBefore === null || purge.allowanceAfter === null) return 'Free: this edge does not charge for purges'
  const atMost = purge.allowanceAtMost ? 'at most ' : ''
  return `Free purges left this month: ${atMost}${formatCount(purge.allowanceBefore)} → ${formatCount(purge.allowanceAfter)}`
}

/** Nothing has been sent that the edge cannot take back. */
export function canBeUndone({ state, purge }: Pick<Plan, 'state' | 'purge'>): boolean {
  return state === 'building' || (state === 'purging' && purge.waitsUntilMs !== null)
}
