import { AppError } from '#shared/errors.ts'
import type { Selection } from '#shared/pages.ts'
import type { PlanItem } from '#shared/plan-items.ts'
import type { Plan, PlanPage } from '#shared/plans.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { NO_CHOICES, type ChoiceStore, type PlanChoices } from './choices/choice-store.ts'
import { choosing, type Chosen } from './choices/choosing.ts'
import { planWhen } from './choices/plan-when.ts'
import type { PlanStore } from './store.ts'
import { sharingSites } from './cover/sharing-sites.ts'
import { readInFlight } from './in-flight.ts'
import { readTargets, type Classification } from './targets.ts'
import { findVariants } from './variants.ts'
import { blockedBecause, buildMessage, draftTitle, draftedVisits, refreshMessage } from './wording.ts'
import { revisedChoices, type Revision } from './choices/revised.ts'
import { workOut, type Circumstances, type CoverPages, type WorkedOut } from './work-out.ts'

/** What a plan needs to know of the other features; the composition root supplies it. */
export interface PlanWorld {
  readonly db: Database
  readonly clock: Clock
  readonly classify: Classification
  resolve(
    siteId: string,
    selection: Selection,
    nowMs: number,
  ): Promise<{
    readonly pageIds: readonly number[]
    readonly unknownPaths: readonly { readonly path: string }[]
    readonly refused: readonly { readonly line: string; readonly reason: string }[]
  }>
  circumstances(siteId: string): Promise<Omit<Circumstances, 'inFlight' | 'siteId' | 'nowMs' | 'cover' | 'approvedItems'>>
  readonly cover: CoverPages
  readonly choices: ChoiceStore
}

export type Choice = {
  readonly build?: boolean | undefined
  readonly refresh?: boolean | undefined
  readonly warm?: boolean | undefined
  readonly by?: Plan['purge']['by'] | undefined
  /** What is purged now, when visited and not at all. */
  readonly later?: PlanChoices | undefined
}

/** What the person agreed to: a plan that goes on keeps to these pages and never sends more items. */
export interface Approved {
  readonly items: readonly PlanItem[]
  readonly pages: readonly PlanPage[]
}

/** Works a selection out at this moment; with `approved`, only what was agreed to. */
export async function workOutSelection(
  world: PlanWorld,
  siteId: string,
  selection: Selection,
  choice: Choice,
  approved?: Approved,
): Promise<
  WorkedOut & {
    readonly build: boolean
    readonly refresh: boolean
    readonly by: Plan['purge']['by']
    readonly chosen: Chosen
  } & Pick<Circumstances, 'canBuild' | 'canRefresh' | 'budget'>
> {
  const nowMs = world.clock()
  const resolved = approved ? agreed(approved.pages) : await world.resolve(siteId, selection, nowMs)
  const asked = await readTargets(world.db.query, world.classify, resolved.pageIds, nowMs)
  const about = { ...(await circumstancesAt(world, siteId, nowMs)), approvedItems: approved?.items.length }
  // What was agreed to names its other addresses already.
  const variants = approved ? [] : await findVariants(world.db.raw, siteId, asked, about.checkItem)
  const others = variants.map(({ pageId }) => pageId)
  const targets = [...asked, ...(await readTargets(world.db.query, world.classify, others, nowMs))]
  const old = targets.filter((target) => target.content === 'pending')
  const build = choice.build ?? (old.some((target) => !target.rendered) && about.canBuild)
  const refresh = (choice.refresh ?? about.canRefresh) && old.some((target) => target.rendered)
  const by = choice.by ?? 'auto'
  const { canBuild, canRefresh, budget } = about
  const chosen = await choosing(world.db.query, targets, { build, refresh }, choice.later ?? NO_CHOICES, nowMs)
  const unlisted = [...new Set(resolved.unknownPaths.map(({ path }) => path))].map((path) => ({
    path,
    checked: about.checkItem(path),
  }))
  const subject = {
    targets,
    variants: new Map(variants.map(({ pageId, says }) => [pageId, says])),
    unknownPaths: unlisted.flatMap(({ path, checked }) => (checked.ok ? [path] : [])),
    refused: [
      ...resolved.refused,
      ...unlisted.flatMap(({ path, checked }) => (checked.ok ? [] : [{ line: path, reason: checked.reason }])),
    ],
    selection,
    choose: chosen.choose,
  }
  const worked = await workOut(subject, { build, refresh, by }, about)
  return { ...worked, build, refresh: refresh && worked.refreshNeeded, by, chosen, canBuild, canRefresh, budget }
}

/** Everything about the site that a plan is worked out from, at one instant. */
export async function circumstancesAt(world: PlanWorld, siteId: string, nowMs: number): Promise<Circumstances> {
  const about = await world.circumstances(siteId)
  const siteIds = sharingSites(world.db.raw, siteId).map(({ id }) => id)
  return { ...about, siteId, nowMs, cover: world.cover, inFlight: readInFlight(world.db.raw, siteIds, about.checkItem) }
}

function agreed(pages: readonly PlanPage[]): Awaited<ReturnType<PlanWorld['resolve']>> {
  const unlisted = pages.filter((page) => page.pageId === null)
  return {
    pageIds: pages.flatMap((page) => page.pageId ?? []),
    unknownPaths: unlisted.filter((page) => page.decision === 'purge'),
    refused: unlisted.filter((page) => page.decision === 'refused').map((page) => ({ line: page.path, reason: page.reason })),
  }
}

/** What a draft is told by whoever has it made. */
export type DraftFacts = Pick<Partial<Plan>, 'origin' | 'goesBack' | 'waits'>

/** Makes a draft. Nothing is sent and nothing is reserved. */
export async function createDraft(
  world: PlanWorld,
  store: PlanStore,
  siteId: string,
  selection: Selection,
  by: string,
  { origin = 'person', goesBack = false, waits = false, ...choice }: Choice & DraftFacts = {},
): Promise<Plan> {
  const head = { id: crypto.randomUUID(), siteId, createdAtMs: world.clock(), by, origin, goesBack, waits }
  const { plan, pages } = await draft(world, head, selection, choice)
  store.create(plan, selection, pages)
  if (choice.later !== undefined) world.choices.save(plan.id, choice.later)
  return plan
}

/** Works a draft out again with other choices. Throws `CONFLICT` when it has been started. */
export async function reviseDraft(world: PlanWorld, store: PlanStore, planId: string, choice: Revision): Promise<Plan> {
  const before = store.read(planId)
  if (before.state !== 'draft')
    throw new AppError('CONFLICT', 'This plan has been started and cannot be changed.', { fix: 'Make a new plan.' })
  const later = revisedChoices(world.choices.read(planId), choice)
  const { plan, pages } = await draft(world, before, store.selection(planId), {
    later,
    build: choice.build ?? before.build.wanted,
    refresh: choice.refresh ?? (before.refresh.needed ? before.refresh.wanted : undefined),
    by: choice.by ?? before.purge.by,
    warm: choice.warm ?? before.warm.wanted,
  })
  world.choices.save(planId, later)
  store.save(plan, pages)
  return plan
}

/** What a plan's purge would be, for a button to say. */
export type PurgePreview = Pick<
  Plan['purge'],
  'itemCount' | 'pageCount' | 'alsoCold' | 'priceMicroDollars' | 'allowanceBefore' | 'allowanceAtMost'
>

/** Works a selection out without storing anything. */
export async function previewPurge(world: PlanWorld, siteId: string, selection: Selection): Promise<PurgePreview> {
  const { purge } = await workOutSelection(world, siteId, selection, { build: false })
  const { itemCount, pageCount, alsoCold, priceMicroDollars, allowanceBefore, allowanceAtMost } = purge
  return { itemCount, pageCount, alsoCold, priceMicroDollars, allowanceBefore, allowanceAtMost }
}

async function draft(
  world: PlanWorld,
  head: Pick<Plan, 'id' | 'siteId' | 'createdAtMs' | 'by'> & DraftFacts,
  selection: Selection,
  choice: Choice,
): Promise<{ plan: Plan; pages: PlanPage[] }> {
  const worked = await workOutSelection(world, head.siteId, selection, choice)
  const reach = selection.kind === 'everything' ? 'all' : 'some'
  const build: Plan['build'] = {
    wanted: worked.build,
    possible: worked.canBuild,
    needed: worked.buildNeeded,
    state: worked.build ? 'waiting' : 'skipped',
    buildId: null,
    message: buildMessage(worked.build, worked.canBuild, worked.buildNeeded, reach),
  }
  const refresh: Plan['refresh'] = {
    wanted: worked.refresh,
    possible: worked.canRefresh,
    needed: worked.refreshNeeded,
    state: worked.refresh ? 'waiting' : 'skipped',
    total: worked.counts.afterRefresh,
    done: 0,
    message: refreshMessage(worked.refresh, worked.canRefresh, worked.refreshNeeded, worked.counts.afterRefresh, reach),
  }
  const purge: Plan['purge'] = { ...worked.purge, by: worked.by, state: 'waiting', message: '', waitsUntilMs: null }
  const allNow = async () =>
    (await workOutSelection(world, head.siteId, selection, { ...choice, build: worked.build, later: NO_CHOICES })).purge
  const warm = draftedVisits(choice.warm === true, worked.coldNow + purge.pageCount + purge.alsoCold)
  const parts = { build, refresh, purge, warm, counts: worked.counts }
  const plan: Plan = {
    id: head.id,
    siteId: head.siteId,
    createdAtMs: head.createdAtMs,
    by: head.by,
    origin: head.origin ?? 'person',
    ...(head.goesBack ? { goesBack: true } : {}),
    ...(head.waits ? { waits: true } : {}),
    queue: { stage: null, pushedBy: null, coveredItems: 0 },
    state: 'draft',
    startedAtMs: null,
    endedAtMs: null,
    title: draftTitle(parts),
    ...parts,
    check: {
      state: 'waiting',
      total: purge.pageCount,
      newVersion: 0,
      done: 0,
      vantage: null,
      message: '',
      purged: 0,
      cold: { checked: 0, right: 0 },
      reasons: [],
    },
    when: await planWhen(worked, choice.later ?? NO_CHOICES, allNow),
    blocked: blockedBecause(parts),
    result: null,
  }
  return { plan, pages: worked.pages }
}
