import { allowanceOf, priceOf, type Budget } from '#shared/budget.ts'
import type { Selection } from '#shared/pages.ts'
import type { Plan, PlanItem, PlanPage, PurgeWay } from '#shared/plans.ts'
import type { CheckItem } from './check-item.ts'
import { allAtOnce, asPartOfAll } from './everything.ts'
import type { CoverAnswer, CoverChoice } from './cover/cover-task.ts'
import type { CoverWish } from './cover/load-cover.ts'
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

/** Chooses items among all covers of a site's pages; not on the core thread. */
export type CoverPages = (wish: CoverWish & { readonly choice: CoverChoice }) => Promise<CoverAnswer>

export interface Circumstances {
  readonly siteId: string
  readonly nowMs: number
  readonly cover: CoverPages
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
    | 'ways'
    | 'curve'
    | 'gapMicroDollars'
  >
  readonly pages: PlanPage[]
  readonly counts: Plan['counts']
  readonly buildNeeded: boolean
  readonly refreshNeeded: boolean
  /** Pages that the edge does not hold, and that are not purged. */
  readonly coldNow: number
}

/** A free item is worth this share of the price: used up, the next one costs all of it. */
const SHADOW_SHARE = 0.1
/** What it is worth that a page does not go cold: its next visitor waits for the origin, and the origin renders it. */
const REFILL_MICRO_DOLLARS = 600
/** A wildcard is taken to reach so many pages that are in no list. */
const UNLISTED_PAGES = 10

const CHOICES: Record<PurgeWay, CoverChoice> = { paths: 'exact', auto: 'balanced', one: 'one' }
const WAYS: Record<CoverChoice, PurgeWay> = { exact: 'paths', balanced: 'auto', one: 'one' }

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
  const isAll = subject.selection.kind === 'everything'
  const decided = subject.targets.map((target) => {
    const decision = decide(target, choice.build, choice.refresh)
    return { target, ...(isAll ? asPartOfAll(decision, target) : decision) }
  })
  const going = decided.filter(({ decision }) => GOING.has(decision)).map(({ target }) => target)
  const { budget } = about
  const before = budget.used + budget.reserved
  const chosen = isAll
    ? allAtOnce(decided, about.checkItem)
    : await about.cover({
        siteId: about.siteId,
        nowMs: about.nowMs,
        wantedIds: going.map(({ pageId }) => pageId),
        heldBackIds: decided.filter(({ decision }) => decision === 'held-back').map(({ target }) => target.pageId),
        extraPaths: subject.unknownPaths,
        tagsAllowed: about.purgesTags,
        price: {
          freeItems: Math.max(0, budget.allowance - before),
          shadowMicroDollars: Math.round(budget.priceMicroDollars * SHADOW_SHARE),
          microDollars: budget.priceMicroDollars,
        },
        mostItems: approved?.length ?? null,
        refillMicroDollars: REFILL_MICRO_DOLLARS,
        unlistedMicroDollars: UNLISTED_PAGES * REFILL_MICRO_DOLLARS,
        choice: CHOICES[choice.by],
      })
  const keeps = !isAll && approved !== undefined && chosen.options.length === 0 && going.length > 0
  const items = keeps ? await recount(approved, going, about.reach, about.checkItem) : [...chosen.items]
  const pages = toPages(subject, decided, chosen.refused)
  return {
    pages,
    buildNeeded: decided.some(({ target }) => target.content === 'pending' && !target.rendered),
    coldNow: decided.filter(({ decision, target }) => decision === 'not-needed' && !target.held && target.word !== 'uncached')
      .length,
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
      ways: chosen.options.map((way) => ({
        by: WAYS[way.choice],
        items: way.items,
        alsoCold: way.alsoCold,
        priceMicroDollars: priceOf(way.items, before, budget),
      })),
      curve: [...chosen.curve],
      gapMicroDollars: chosen.gapMicroDollars,
      notes: keeps
        ? [`Kept to what was agreed to; any other way takes ${chosen.fewestItems} purges or more.`]
        : notesOf(subject, about, items),
    },
  }
}

function notesOf(subject: Subject, about: Circumstances, items: readonly PlanItem[]): string[] {
  const notes: string[] = []
  if (!about.purgesTags) {
    notes.push(
      `Tags cannot be used: ${about.edgeLabel} stores none${about.noTagsBecause === undefined ? '' : `, since ${about.noTagsBecause}`}. It would accept a tag and purge nothing.`,
    )
  } else if (subject.selection.kind === 'tag' && !subject.selection.tag.includes(':')) {
    notes.push(`${subject.selection.tag} has no id: edges match exact tags, so each of its ids is an item of its own.`)
  }
  if (items.some(({ kind }) => kind === 'prefix')) {
    notes.push('An item that ends in * also reaches pages that are in no list here; how many is not known.')
  }
  return notes
}

function toPages(
  subject: Subject,
  decided: readonly (Pick<PlanPage, 'decision' | 'reason'> & { readonly target: Target })[],
  refused: CoverAnswer['refused'],
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
