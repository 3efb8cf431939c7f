import { allowanceOf, priceOf, type Budget } from '#shared/budget.ts'
import type { Selection } from '#shared/pages.ts'
import type { Plan, PlanPage, PurgeWay } from '#shared/plans.ts'
import type { CheckItem } from './check-item.ts'
import { allAtOnce, asPartOfAll } from './everything.ts'
import type { CoverAnswer, CoverChoice } from './cover/cover-task.ts'
import type { CoverWish } from './cover/load-cover.ts'
import type { Behaviour } from '#main/providers/edge.ts'
import { decide, type Decision } from './decide.ts'
import type { InFlight } from './in-flight.ts'
import { notesOf, overCapOf, roomOf } from './plan-notes.ts'
import type { Target } from './targets.ts'

/** The pages and paths that a plan is about, before anything is decided. */
export interface Subject {
  readonly targets: readonly Target[]
  /** Of the targets, those that are another address of one that was asked for, with how they differ. */
  readonly variants: ReadonlyMap<number, string>
  readonly unknownPaths: readonly string[]
  readonly refused: readonly { readonly line: string; readonly reason: string }[]
  readonly selection: Selection
  /** What becomes of a decision by what was chosen for its page; without it nothing was. */
  readonly choose?: (target: Target, decided: Decision) => Decision
}

/** Chooses items among all covers of a site's pages; not on the core thread. */
export type CoverPages = (wish: CoverWish & { readonly choice: CoverChoice }) => Promise<CoverAnswer>

export interface Circumstances {
  readonly siteId: string
  readonly nowMs: number
  readonly cover: CoverPages
  readonly inFlight: InFlight
  /** How the edge keys a path, or why it cannot be purged. */
  readonly checkItem: CheckItem
  /** Of the distribution, the first match first; empty when it was not read. */
  readonly behaviours: readonly Behaviour[]
  /** How many items that end in * the edge takes at a time; missing without such a limit. */
  readonly prefixesPerRequest?: number | undefined
  /** How many items a person has agreed to; missing before that. */
  readonly approvedItems?: number | undefined
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
    | 'leftOutTags'
    | 'overCap'
  >
  readonly pages: PlanPage[]
  readonly counts: Plan['counts']
  readonly buildNeeded: boolean
  readonly refreshNeeded: boolean
  /** Pages that the edge does not hold, and that are not purged. */
  readonly coldNow: number
}

/** A free item is worth this share of the price at least: what is left at the month's end is lost, but may be needed. */
const LEAST_SHADOW_SHARE = 0.1

const CHOICES: Record<PurgeWay, CoverChoice> = { paths: 'exact', auto: 'balanced', one: 'one' }
const WAYS: Record<CoverChoice, PurgeWay> = { exact: 'paths', balanced: 'auto', one: 'one' }

const GOING = new Set<PlanPage['decision']>(['purge', 'after-build', 'after-refresh'])
const LATER = new Set<PlanPage['decision']>(['when-visited', 'expires'])

/** A purge of it would only store the old page again, so no item may reach it. */
function isHeldBack({ target, decision }: { readonly target: Target } & Decision): boolean {
  return decision === 'held-back' || (LATER.has(decision) && target.content === 'pending')
}

/**
 * Decides every page and picks the items. With `build` or `refresh` the items are the most that the plan can become: pages
 * that wait for it are counted as if all of them changed. `about.approvedItems`: what the person agreed to before that; the
 * result never has more items, and pages that it cannot reach with so few are held back.
 */
export async function workOut(
  subject: Subject,
  choice: { readonly build: boolean; readonly refresh: boolean; readonly by: Plan['purge']['by'] },
  about: Circumstances,
): Promise<WorkedOut> {
  const isAll = subject.selection.kind === 'everything'
  const decided = subject.targets.flatMap((target) => decideIn(target, subject, choice, about))
  const going = decided.filter(({ decision }) => GOING.has(decision)).map(({ target }) => target)
  const paths = subject.unknownPaths.map((path) => ({ path, covered: about.inFlight.coversPath(path) }))
  const extraPaths = paths.flatMap(({ path, covered }) => (covered === null ? [path] : []))
  const { budget } = about
  const before = budget.used + budget.reserved
  const chosen = isAll
    ? allAtOnce(decided, about.checkItem)
    : await about.cover({
        siteId: about.siteId,
        nowMs: about.nowMs,
        wantedIds: going.map(({ pageId }) => pageId),
        heldBackIds: decided.filter(isHeldBack).map(({ target }) => target.pageId),
        extraPaths,
        tagsAllowed: about.purgesTags,
        behaviours: about.behaviours,
        price: {
          freeItems: Math.max(0, budget.allowance - before),
          shadowMicroDollars: shadowPrice(budget),
          microDollars: budget.priceMicroDollars,
        },
        mostItems: about.approvedItems ?? roomOf(budget),
        refillMicroDollars: budget.refillMicroDollars,
        choice: CHOICES[choice.by],
      })
  const { nearest } = chosen
  const approved = about.approvedItems !== undefined
  // What passes a hard stop is offered all the same: the owner may let it pass.
  const items = [...(nearest === null ? chosen.items : approved ? nearest.within : nearest.all)]
  const leftOut = approved && nearest !== null ? nearest : NOTHING_LEFT_OUT
  const pages = toPages(subject, decided, chosen.refused, paths, leftOut)
  return {
    pages,
    buildNeeded: decided.some(({ target }) => target.content === 'pending' && !target.rendered),
    coldNow: decided.filter(({ decision, target }) => decision === 'not-needed' && !target.held && target.word !== 'uncached')
      .length,
    refreshNeeded: decided.some(
      ({ target, decision }) => target.content === 'pending' && target.rendered && !LATER.has(decision),
    ),
    counts: countsOf(pages),
    purge: {
      items,
      atMost: choice.build || choice.refresh,
      itemCount: items.length,
      pageCount: pages.filter(({ decision }) => GOING.has(decision)).length,
      alsoCold: items.reduce((sum, item) => sum + item.alsoCold, 0),
      priceMicroDollars: priceOf(items.length, before, budget),
      ...allowanceOf(items.length, before, budget),
      ways: chosen.options.map((way) => ({
        by: WAYS[way.choice],
        items: way.items,
        alsoCold: way.alsoCold,
        priceMicroDollars: priceOf(way.items, before, budget),
        refill: way.refill,
        unlisted: way.unlisted,
      })),
      curve: [...chosen.curve],
      gapMicroDollars: chosen.gapMicroDollars,
      notes: notesOf(subject, about, items, chosen),
      leftOutTags: [...chosen.leftOutTags],
      overCap: nearest === null || approved ? null : overCapOf(about, nearest),
    },
  }
}

type Decided = Pick<PlanPage, 'decision' | 'reason'> & { readonly target: Target }

/** What is decided of a page; nothing for another address of it that needs nothing. */
function decideIn(
  target: Target,
  subject: Subject,
  choice: { readonly build: boolean; readonly refresh: boolean },
  about: Circumstances,
): Decided[] {
  const first = decide(target, choice.build, choice.refresh)
  const { decision, reason } =
    subject.selection.kind === 'everything' ? asPartOfAll(first, target) : (subject.choose?.(target, first) ?? first)
  const covered = decision === 'purge' ? about.inFlight.coversPage(target) : null
  const variant = subject.variants.get(target.pageId)
  if (variant === undefined)
    return [covered === null ? { target, decision, reason } : { target, decision: 'not-needed', reason: covered }]
  if (covered !== null || !GOING.has(decision)) return []
  return [{ target, decision, reason: `${reason} It is ${variant}, which the edge keeps apart.` }]
}

/** What a free item is worth: the price of the one that it may be missing for, by the chance that the month overruns. */
function shadowPrice({ priceMicroDollars, overrunChance }: Budget): number {
  return Math.round(priceMicroDollars * Math.max(LEAST_SHADOW_SHARE, overrunChance ?? 0))
}

function countsOf(pages: readonly PlanPage[]): Plan['counts'] {
  const count = (decision: PlanPage['decision']) => pages.filter((page) => page.decision === decision).length
  return {
    purge: count('purge'),
    afterBuild: count('after-build'),
    afterRefresh: count('after-refresh'),
    whenVisited: count('when-visited'),
    expires: count('expires'),
    heldBack: count('held-back'),
    notNeeded: count('not-needed'),
    refused: count('refused'),
  }
}

const NOTHING_LEFT_OUT = { leftOutIds: [], leftOutPaths: [] }
const LEFT_OUT = {
  decision: 'held-back' as const,
  reason: 'With it the plan would take more items than were agreed to. Make a new plan for it.',
}

function toPages(
  subject: Subject,
  decided: readonly Decided[],
  refused: CoverAnswer['refused'],
  paths: readonly { readonly path: string; readonly covered: string | null }[],
  leftOut: Pick<NonNullable<CoverAnswer['nearest']>, 'leftOutIds' | 'leftOutPaths'>,
): PlanPage[] {
  const leftOutIds = new Set(leftOut.leftOutIds)
  const leftOutPaths = new Set(leftOut.leftOutPaths)
  const refusal = new Map(refused.map(({ pageId, reason }) => [pageId, reason]))
  const none = { result: null, resultReason: null }
  const known = decided.map(({ target, decision, reason }): PlanPage => {
    const why = refusal.get(target.pageId)
    const base = { pageId: target.pageId, path: target.path, zoneHost: target.zoneHost, ...none }
    if (leftOutIds.has(target.pageId)) return { ...base, ...LEFT_OUT }
    return why === undefined ? { ...base, decision, reason } : { ...base, decision: 'refused', reason: why }
  })
  const unknown = paths.map(({ path, covered }): PlanPage => {
    const base = { pageId: null, path, zoneHost: null, ...none }
    if (covered !== null) return { ...base, decision: 'not-needed', reason: covered }
    if (leftOutPaths.has(path)) return { ...base, ...LEFT_OUT }
    return { ...base, decision: 'purge', reason: 'In no list of pages; purged because you asked for it.' }
  })
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
