import type { ActivityFacts, Job } from '#shared/activity.ts'
import type { Budget } from '#shared/budget.ts'
import type { Selection } from '#shared/pages.ts'
import type { Plan } from '#shared/plans.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Log } from '#main/platform/log.ts'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import type { Distribution } from '#main/providers/edge.ts'
import type { Renderer } from '#main/providers/renderer.ts'
import type { CheckItem } from './check-item.ts'
import { createChoiceStore } from './choices/choice-store.ts'
import type { PlanWorld } from './drafts.ts'
import type { LaneReport } from '#shared/purge-lane.ts'
import { automaticItems } from './lane-holds.ts'
import { reportLane } from './lane-words.ts'
import { createLanes, type AutomationPort } from './lanes.ts'
import type { LaneOptions } from './lane.ts'
import { previewAs } from './preview.ts'
import { isAutomatic } from './purge-step.ts'
import { createPurgeCovers } from './purge-covers.ts'
import { createPurgeQueue, type PurgeQueue } from './purge-queue.ts'
import type { LedgerPort } from './purge-rows.ts'
import type { RunWorld } from './run-plan.ts'
import { createPlans, type Plans, type PlansWorld } from './service.ts'
import { createPlanStore, type PlanStore } from './store.ts'
import { keepSettling, settlePurges } from './settle.ts'
import { createWishes, type Wishes } from './wishes.ts'
import type { WorkedOut } from './work-out.ts'

/** What the composition root hands over. */
export interface PlansParts
  extends
    Omit<PlanWorld, 'circumstances' | 'choices'>,
    Pick<RunWorld, 'edgeOf' | 'accountOf' | 'check' | 'renderer' | 'originProblem' | 'watchVisits' | 'diagnose'>,
    Pick<PlansWorld, 'heldBecause'> {
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  readonly ledger: LedgerPort & {
    budget(account: string, siteId?: string): Budget
    letPass(intended: { account: string; siteId: string; planId: string; items: number }, by: string, reason: string): void
    spent(purgeIds: readonly string[]): { readonly items: number; readonly microDollars: number }
  }
  readonly checkItem: CheckItem
  /** How an edge with these behaviours keys a path. */
  keyOf(behaviours: Distribution['behaviours']): CheckItem
  readonly automation: AutomationPort
  /** From 0 to 1; decides how long is waited when the vendor asks to. */
  readonly random?: LaneOptions['random']
  readonly builds: {
    trigger(siteId: string, title: string): Promise<{ build: { id: string }; ended: Promise<RemoteBuild> }>
    resume(siteId: string, buildId: string): Promise<RemoteBuild>
  }
  distributionOf(siteId: string): Promise<Distribution | null>
  builderOf(siteId: string): Promise<Builder | null>
  rendererOf(siteId: string): Promise<Renderer | null>
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
  startJob(
    what: { siteId: string; kind: 'plan'; title: string },
    work: (update: (change: JobChange) => void, signal: AbortSignal) => Promise<string>,
  ): { job: Job }
}

type JobChange = { readonly note: string; readonly done: number; readonly total: number | null }

/** A request may have this many items until the distribution has been read. */
const ITEMS_PER_REQUEST = 3_000

/** What purging a selection would cost at most, if all of it changed. Nothing is stored. */
export type PriceOf = (siteId: string, selection: Selection) => Promise<WorkedOut['purge']>

export interface PlansFeature {
  readonly plans: Plans
  readonly store: PlanStore
  readonly queue: PurgeQueue
  readonly priceOf: PriceOf
  /** How the account of a site stands: what waits, and for what. */
  lane(siteId: string): Promise<LaneReport>
  /** For what purges without a person: schedules, rules, hooks. */
  readonly wishes: Wishes
  /** Looks up purges whose plans ended without an answer. */
  settle(): Promise<void>
  /** Does so from time to time, until the program ends. */
  keepSettling(): void
}

export function createPlansFeature(parts: PlansParts): PlansFeature {
  const { db, clock, changes, ledger, builds } = parts
  const store = createPlanStore(db, changes)
  const queue = createPurgeQueue(db, store, ledger, parts.checkItem, clock)
  const covers = createPurgeCovers(db, ledger, clock)
  const lanes = createLanes(parts.automation, covers, parts.random ? { random: parts.random } : {})
  const tracked = new Map<string, (change: JobChange) => void>()
  const world: PlanWorld = {
    ...parts,
    choices: createChoiceStore(db),
    async circumstances(siteId) {
      const [distribution, builder, renderer, account] = await Promise.all([
        parts.distributionOf(siteId),
        parts.builderOf(siteId),
        parts.rendererOf(siteId),
        parts.accountOf(siteId),
      ])
      return {
        checkItem: distribution?.capabilities.purgesPaths === false ? refuseAll : parts.keyOf(distribution?.behaviours ?? []),
        behaviours: distribution?.behaviours ?? [],
        prefixesPerRequest: distribution?.capabilities.prefixesPerRequest,
        budget: ledger.budget(account, siteId),
        canBuild: builder !== null,
        canRefresh: renderer !== null,
        purgesTags: distribution?.capabilities.purgesTags ?? false,
        noTagsBecause: distribution?.capabilities.noTagsBecause,
        edgeLabel: distribution?.id ?? 'the distribution (not read yet)',
      }
    },
  }
  const plans = createPlans({
    ...parts,
    ...world,
    store,
    queue,
    budget: async (siteId) => ledger.budget(await parts.accountOf(siteId), siteId),
    letPass: async (plan, by, reason) => {
      const account = await parts.accountOf(plan.siteId)
      ledger.letPass({ account, siteId: plan.siteId, planId: plan.id, items: plan.purge.itemCount }, by, reason)
    },
    spent: (planId) => ledger.spent(queue.of(planId).map((purge) => purge.id)),
    purgesSoftly: async (siteId) => (await parts.distributionOf(siteId))?.capabilities.soft === true,
    covers,
    laneOf: (account) => lanes.of(account).lane,
    mergingOf: (account) => lanes.of(account).merging,
    pushed: lanes.look,
    untilAllowed: (planId, signal) => lanes.until(() => !parts.automation.paused() || !isAutomatic(store.read(planId)), signal),
    async requestLimits(siteId, automatic) {
      const can = (await parts.distributionOf(siteId))?.capabilities
      const most = {
        items: can?.itemsPerRequest ?? ITEMS_PER_REQUEST,
        prefixes: can?.prefixesPerRequest ?? Number.POSITIVE_INFINITY,
      }
      if (!automatic || !can?.quotas) return most
      // A large request would leave people nothing of the next seconds.
      return {
        items: Math.min(most.items, automaticItems(can.quotas)),
        prefixes: Math.min(most.prefixes, can.quotas.perSecond.prefixes),
      }
    },
    async build(siteId, title, buildId, started) {
      if (buildId !== null) return builds.resume(siteId, buildId)
      const { build, ended } = await builds.trigger(siteId, title)
      started(build.id)
      return ended
    },
    track: (plan: Plan, run, cancel) =>
      void parts.startJob({ siteId: plan.siteId, kind: 'plan', title: plan.title }, async (update, signal) => {
        signal.addEventListener('abort', cancel, { once: true })
        tracked.set(plan.id, update)
        const last = await run().finally(() => tracked.delete(plan.id))
        return last.result ?? ''
      }),
    progress: (plan) => tracked.get(plan.id)?.(jobChange(plan)),
    refresh: () => changes.tell('plans', 'budget', 'pages'),
  })
  const priceOf: PriceOf = (siteId, selection) => previewAs(world, siteId, selection, () => undefined)
  const settling = { ...parts, queue, settled: () => changes.tell('plans', 'budget') }
  return {
    plans,
    store,
    queue,
    priceOf,
    async lane(siteId) {
      const distribution = await parts.distributionOf(siteId)
      const state = lanes.of(await parts.accountOf(siteId)).lane.state()
      return reportLane(state, distribution?.capabilities.quotas ?? null, distribution?.id ?? siteId, clock())
    },
    wishes: createWishes({ ...parts, plans }),
    settle: () => settlePurges(settling),
    keepSettling: () => keepSettling(settling),
  }
}

/** For an edge that takes no purges at all. */
const refuseAll = () => ({
  ok: false as const,
  reason: 'This cache cannot be purged from here: purge it with its own tools, then check the page again.',
})

/** The step that runs now, as the list of jobs shows it. Only refreshing and checking know how much there is to do. */
function jobChange(plan: Plan): JobChange {
  if (plan.refresh.state === 'running') {
    return { note: plan.refresh.message, done: plan.refresh.done, total: plan.refresh.total }
  }
  if (plan.state === 'building') return { note: plan.build.message, done: 0, total: null }
  if (plan.state === 'purging') return { note: plan.purge.message, done: 0, total: null }
  if (plan.state === 'warming') return { note: plan.warm.message, done: plan.warm.done, total: plan.warm.total }
  return { note: plan.check.message, done: plan.check.done, total: plan.check.total }
}
