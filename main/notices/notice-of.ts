import { countOf } from '#shared/count-of.ts'
import type { Budget } from '#shared/budget.ts'
import type { Notice, NoticeKind } from '#shared/notices.ts'
import type { Plan } from '#shared/plans.ts'

/** A site as a notice names it. */
export interface NamedSite {
  readonly id: string
  readonly name: string
}

/** What happens in the core that a person may want to be told of. */
export type CoreEvent =
  | { readonly kind: 'build'; readonly site: NamedSite; readonly buildId: string; readonly state: string }
  | { readonly kind: 'plan'; readonly site: NamedSite; readonly plan: Pick<Plan, 'id' | 'state' | 'check'> }
  | { readonly kind: 'budget'; readonly site: NamedSite; readonly level: BudgetLevel; readonly budget: Budget }
  | { readonly kind: 'source'; readonly site: NamedSite; readonly sourceName: string; readonly state: 'failed' | 'refused' }

/** How far a month's items have come, the worst first. */
export const BUDGET_LEVELS = ['budget-hard', 'budget-soft', 'budget-part'] as const
export type BudgetLevel = (typeof BUDGET_LEVELS)[number]

/** The part of the free items at which a person is told. */
const TOLD_PART = 0.8

/** What is reached of a month's budget, the worst first. Nothing is where nothing is charged. */
export function reachedLevels(budget: Budget): BudgetLevel[] {
  const { charges, used, allowance, softLimit, hardStop } = budget
  if (!charges) return []
  const reached: Readonly<Record<BudgetLevel, boolean>> = {
    'budget-hard': hardStop !== null && used >= hardStop,
    'budget-soft': softLimit !== null && used >= softLimit,
    'budget-part': allowance > 0 && used >= allowance * TOLD_PART,
  }
  return BUDGET_LEVELS.filter((level) => reached[level])
}

const number = (count: number) => count.toLocaleString('en-US')
const pagesText = (count: number) => (count === 1 ? '1 page' : `${number(count)} pages`)

/** What a person is told of an event; null: nothing. Names the site and counts, never an address or a person's words. */
export function noticeOf(event: CoreEvent): Notice | null {
  const { site } = event
  const notice = (kind: NoticeKind, what: string, body: string, path: string): Notice => ({
    kind,
    title: `${site.name}: ${what}`,
    body,
    route: `${path}${path.includes('?') ? '&' : '?'}site=${encodeURIComponent(site.id)}`,
  })
  switch (event.kind) {
    case 'build':
      return ofBuild(event.state, `/builds?build=${encodeURIComponent(event.buildId)}`, notice)
    case 'plan':
      return ofPlan(event.plan, notice)
    case 'budget':
      return notice(event.level, BUDGET_WORDS[event.level], budgetBody(event.level, event.budget), '/budget')
    case 'source':
      return notice(
        'source-failing',
        `deliveries of ${event.sourceName} fail`,
        event.state === 'refused'
          ? 'The last delivery was refused, so its changes are not known here. Open Hooks to see why.'
          : 'The last delivery could not be worked through. Open Hooks to see why and to replay it.',
        '/hooks',
      )
  }
}

type Write = (kind: NoticeKind, what: string, body: string, path: string) => Notice

function ofBuild(state: string, path: string, notice: Write): Notice | null {
  if (state === 'succeeded') return notice('build-done', 'build done', 'Open it to see what changed in the release.', path)
  if (state === 'failed')
    return notice('build-failed', 'build failed', 'Visitors keep the release from before. Open its log.', path)
  if (state === 'lost')
    return notice('build-failed', 'build lost', 'The build service answers no longer, so what became of it is not known.', path)
  return null
}

function ofPlan({ id, state, check }: Pick<Plan, 'id' | 'state' | 'check'>, notice: Write): Notice | null {
  const path = `/purges/${encodeURIComponent(id)}`
  const checked = check.state === 'done' || check.state === 'failed'
  if (state === 'failed' && !checked)
    return notice('purge-not-new', 'purge failed', 'It ended before its pages could be checked. Open it to see why.', path)
  if ((state !== 'done' && state !== 'failed') || !checked || check.total === 0) return null
  if (check.newVersion === check.total)
    return notice('purge-verified', 'purge verified', `${pagesText(check.total)} checked: all of them are new.`, path)
  const rest = check.total - check.newVersion
  return notice(
    'purge-not-new',
    'not all new after a purge',
    `${pagesText(rest)} of ${number(check.total)} not new yet. Open it to see why.`,
    path,
  )
}

const BUDGET_WORDS: Readonly<Record<BudgetLevel, string>> = {
  'budget-part': '80 % of the free items used',
  'budget-soft': 'the soft limit is reached',
  'budget-hard': 'the hard stop is reached',
}

function budgetBody(level: BudgetLevel, { used, allowance, softLimit, hardStop, reconciled }: Budget): string {
  const so = `${reconciled ? '' : 'At least '}${number(used)}`
  if (level === 'budget-hard')
    return `${so} of ${countOf(hardStop ?? 0, 'item')} this month. Nothing is purged until an owner lets it pass.`
  if (level === 'budget-soft')
    return `${so} ${used === 1 ? 'item' : 'items'} this month, ${number(softLimit ?? 0)} was the limit. Further purges ask first.`
  return `${so} of ${countOf(allowance, 'item')} this month. Items beyond them cost money.`
}
