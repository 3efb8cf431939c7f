import { allowanceOf, priceOf, type Budget } from '#shared/budget.ts'
import type { Selection } from '#shared/pages.ts'
import type { Plan, PlanItem, PlanPage } from '#shared/plans.ts'
import { chooseItems, type CheckItem, type ItemChoice } from './choose-items.ts'
import { decide } from './decide.ts'
import { recount } from './recount.ts'
import type { Reach, Target } from './targets.ts'

/** The pages and paths that a plan is about, before anything is decided. */
export interface Subject {
  readonly targets: readonly Target[]
  readonly unknownPaths: readonly string[]
  readonly refused: readonly { readonly line: string; readonly reason: string }[]
  readonly selection: Selection
}

export interface Circumstances {
  readonly reach: Reach
  readonly checkItem: CheckItem
  readonly budget: Budget
  readonly purgesTags: boolean
  readonly edgeLabel: string
  /** "its configuration has no …", where the edge says it. */
  readonly noTagsBecause?: string | undefined
  readonly canBuild: boolean
  readonly canRefresh: boolean
}

export interface WorkedOut {
  readonly purge: Pick<
    Plan['purge'],
    | 'items'
    | 'atMost'
    | 'itemCount'
    | 'pageCount'
    | 'alsoCold'
    | 'priceMicroDollars'
    | 'allowanceBefore'
    | 'allowanceAfter'
    | 'allowanceAtMost'
    | 'notes'
  >
  readonly pages: PlanPage[]
  readonly counts: Plan['counts']
  readonly buildNeeded: boolean
  readonly refreshNeeded: boolean
}

const GOING = new Set<PlanPage['decision']>(['purge', 'after-build', 'after-refresh'])

/**
 * Decides every page and picks the items. With `build` or `refresh` the items are the most that the plan can become: pages
 * that wait for it are counted as if all of them changed. `approved`: what the person agreed to before that; the result
 * never has more items.
 */
export async function workOut(
  subject: Subject,
  choice: { readonly build: boolean; readonly refresh: boolean; readonly by: Plan['purge']['by'] },
  about: Circumstances,
  approved?: readonly PlanItem[],
): Promise<WorkedOut> {
  const decided = subject.targets.map((target) => ({ target, ...decide(target, choice.build, choice.refresh) }))
  const going = decided.filter(({ decision }) => GOING.has(decision)).map(({ target }) => target)
  const chosen = await chooseItems(
    {
      pages: going,
      paths: subject.unknownPaths,
      tagsAllowed: about.purgesTags && choice.by === 'auto',
      tagsNote: tagsNote(subject, choice.by, about),
      heldBack: new Set(decided.filter(({ decision }) => decision === 'held-back').map(({ target }) => target.pageId)),
      preferredTag: subject.selection.kind === 'tag' ? subject.selection.tag : null,
    },
    about.reach,
    about.checkItem,
  )
  const keeps = approved !== undefined && chosen.items.length > approved.length
  const items = keeps ? await recount(approved, going, about.reach, about.checkItem) : chosen.items
  const pages = toPages(subject, decided, chosen.refused)
  const { budget } = about
  const before = budget.used + budget.reserved
  return {
    pages,
    buildNeeded: decided.some(({ target }) => target.content === 'pending' && !target.rendered),
    refreshNeeded: decided.some(({ target }) => target.content === 'pending' && target.rendered),
    counts: {
      purge: pages.filter((page) => page.decision === 'purge').length,
      afterBuild: pages.filter((page) => page.decision === 'after-build').length,
      afterRefresh: pages.filter((page) => page.decision === 'after-refresh').length,
      heldBack: pages.filter((page) => page.decision === 'held-back').length,
      notNeeded: pages.filter((page) => page.decision === 'not-needed').length,
      refused: pages.filter((page) => page.decision === 'refused').length,
    },
    purge: {
      items,
      atMost: choice.build || choice.refresh,
      itemCount: items.length,
      pageCount: going.length + subject.unknownPaths.length - chosen.refused.length,
      alsoCold: items.reduce((sum, item) => sum + item.alsoCold, 0),
      priceMicroDollars: priceOf(items.length, before, budget),
      ...allowanceOf(items.length, before, budget),
      notes: keeps ? [`Kept to what was agreed to; another choice would take ${chosen.items.length} purges.`] : chosen.notes,
    },
  }
}

function tagsNote(subject: Subject, by: Plan['purge']['by'], about: Circumstances): string | null {
  if (by === 'paths') return null
  if (!about.purgesTags) {
    return `Tags cannot be used: ${about.edgeLabel} stores none${about.noTagsBecause === undefined ? '' : `, since ${about.noTagsBecause}`}. It would accept a tag and purge nothing.`
  }
  return subject.selection.kind === 'tag' && !subject.selection.tag.includes(':')
    ? `${subject.selection.tag} has no id: edges match exact tags, so each of its ids is an item of its own.`
    : null
}

function toPages(
  subject: Subject,
  decided: readonly (Pick<PlanPage, 'decision' | 'reason'> & { readonly target: Target })[],
  refused: ItemChoice['refused'],
): PlanPage[] {
  const refusal = new Map(refused.map(({ pageId, reason }) => [pageId, reason]))
  const none = { result: null, resultReason: null }
  const known = decided.map(({ target, decision, reason }): PlanPage => {
    const why = refusal.get(target.pageId)
    const base = { pageId: target.pageId, path: target.path, zoneHost: target.zoneHost, ...none }
    return why === undefined ? { ...base, decision, reason } : { ...base, decision: 'refused', reason: why }
  })
  const unknown = subject.unknownPaths.map((path): PlanPage => ({
    pageId: null,
    path,
    zoneHost: null,
    decision: 'purge',
    reason: 'In no list of pages; purged because you asked for it.',
    ...none,
  }))
  const bad = subject.refused.map(({ line, reason }): PlanPage => ({
    pageId: null,
    path: line.slice(0, 4_000),
    zoneHost: null,
    decision: 'refused',
    reason,
    ...none,
  }))
  return [...bad, ...known, ...unknown]
}
