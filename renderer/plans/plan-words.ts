import type { PlanItem, Refill } from '#shared/plan-items.ts'
import type { Plan, PlanPage } from '#shared/plans.ts'
import { planSays } from '#shared/state-words.ts'
import { countOf, formatCount, formatMoney } from '#renderer/ui/format.ts'

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

type PlanLook = 'draft' | 'waiting' | 'going' | 'verified' | 'partly' | 'failed' | 'cancelled'

/** Where a plan stands, in a word and a look. */
export function planLook(plan: Pick<Plan, 'state' | 'queue' | 'check'>): { look: PlanLook; word: string } {
  return { look: lookOf(plan), word: planSays(plan) }
}

function lookOf({ state, queue, check }: Pick<Plan, 'state' | 'queue' | 'check'>): PlanLook {
  switch (state) {
    case 'draft':
    case 'failed':
    case 'cancelled':
      return state
    case 'purging':
      return queue.stage === 'waiting' ? 'waiting' : 'going'
    case 'building':
    case 'checking':
    case 'warming':
      return 'going'
    case 'done':
      return check.state === 'failed' ? 'partly' : 'verified'
  }
}

/** What the step that runs says. */
export function runningMessage({ state, build, refresh, purge, check, warm }: Plan): string {
  if (state === 'building') return refresh.state === 'running' ? refresh.message : build.message
  if (state === 'warming') return warm.message
  return state === 'purging' ? purge.message : check.message
}

/** Until something of it was sent, a plan can be called back. */
export function mayCancel({ state, queue }: Pick<Plan, 'state' | 'queue'>): boolean {
  return isRunning(state) && (state !== 'purging' || queue.stage === 'waiting')
}

/** What runs by itself can be told to go before its turn. */
export function mayRunNow({ state, queue, origin }: Pick<Plan, 'state' | 'queue' | 'origin'>): boolean {
  const waits = state === 'building' || (state === 'purging' && queue.stage === 'waiting')
  return origin === 'automatic' && waits && queue.pushedBy === null
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
      key: 'when-visited',
      label: 'When visited',
      decisions: ['when-visited'],
      count: counts.whenVisited,
      says: 'Purged one by one when somebody visits them.',
    },
    {
      key: 'expires',
      label: 'Let expire',
      decisions: ['expires'],
      count: counts.expires,
      says: 'Not purged: their copies expire by themselves.',
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

/** Latency bands of a file from its store, a render, and a render by a function that starts first. */
const FETCH_WAIT = '0.2–0.4 s'
const RENDER_WAIT = '1–4 s'
const EITHER_WAIT = '0.2–4 s'
export const COLD_START_NOTE = 'A function that has to start first takes 4–7 s.'

/** "2,277 renders × 3.4 s; first visitors wait 1–4 s"; empty when nothing goes cold. */
export function refillWords({ pages, renders, meanMs }: Refill): string {
  if (pages === 0) return ''
  const what = renders > 0 ? countOf(renders, 'render') : countOf(pages, 'fetch', 'fetches')
  const others = renders > 0 && pages > renders ? ` and ${countOf(pages - renders, 'fetch', 'fetches')}` : ''
  const each = meanMs === null ? '' : ` × ${(meanMs / 1_000).toFixed(1)} s`
  const wait = renders === 0 ? FETCH_WAIT : renders === pages ? RENDER_WAIT : EITHER_WAIT
  return `${what}${others}${each}; first visitors wait ${wait}`
}

/** The same with what it costs. */
export function refillCostWords(refill: Refill): string {
  return `${refillWords(refill)} · ${estimateWords(refill.microDollars)}`
}

/** The ready-made ways are a choice only when they are not all the same one. */
export function waysDiffer({ ways }: Pick<Plan['purge'], 'ways'>): boolean {
  const [first] = ways
  return ways.some(({ items, alsoCold }) => items !== first?.items || alsoCold !== first.alsoCold)
}

/** What one item costs by its place among the plan's: the free ones of the month go first. */
export function itemPriceWords(
  purge: Pick<Plan['purge'], 'itemCount' | 'allowanceBefore' | 'priceMicroDollars'>,
  at: number,
): string {
  const free = purge.allowanceBefore === null ? purge.itemCount : Math.min(purge.itemCount, purge.allowanceBefore)
  if (at < free || purge.itemCount === free) return 'free'
  return formatMoney(Math.round(purge.priceMicroDollars / (purge.itemCount - free)))
}

/** What an item that ends in * may reach without anybody knowing it; empty for other items. */
export function riskWords({ item, risk }: Pick<PlanItem, 'item' | 'risk'>): string {
  if (risk === null) return ''
  const share = risk.listed === 0 ? 0 : risk.neverChecked / risk.listed
  const percent = share < 0.01 ? 'Less than 1 %' : `${Math.round(share * 100)} %`
  const never =
    risk.neverChecked === 0
      ? `All ${formatCount(risk.listed)} listed pages below ${item} have been checked.`
      : `${percent} of the pages below ${item} (${formatCount(risk.neverChecked)} of ${formatCount(risk.listed)}) ${risk.neverChecked === 1 ? 'was' : 'were'} never checked.`
  return `${never} It may reach about ${countOf(risk.unlisted, 'page')} that ${risk.unlisted === 1 ? 'is' : 'are'} in no list.`
}

/** Money that rests on an estimate, with two digits that count: "$0.28". */
export function estimateWords(microDollars: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, microDollars))) - 1)
  return formatMoney(Math.round(microDollars / unit) * unit)
}

/** A cancel of it can be undone: nothing had been sent. One that waits ends in a moment, and is then as it was. */
export function canBeTakenBack({ state, queue, cancelledFrom }: Pick<Plan, 'state' | 'queue' | 'cancelledFrom'>): boolean {
  return cancelledFrom !== undefined || state === 'building' || (state === 'purging' && queue.stage === 'waiting')
}

/** Nothing has been sent that the edge cannot take back. */
export function canBeUndone({ state, purge }: Pick<Plan, 'state' | 'purge'>): boolean {
  return state === 'building' || (state === 'purging' && purge.waitsUntilMs !== null)
}
