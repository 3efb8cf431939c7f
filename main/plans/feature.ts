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
import { workOutSelection, type PlanWorld } from './drafts.ts'
import { createPurgeQueue, type LedgerPort } from './purge-queue.ts'
import type { RunWorld } from './run-plan.ts'
import { createPlans, type Plans, type PlansWorld } from './service.ts'
import { createPlanStore, type PlanStore } from './store.ts'
import type { WorkedOut } from './work-out.ts'

/** What the composition root hands over. */
export interface PlansParts
  extends
    Omit<PlanWorld, 'circumstances'>,
    Pick<RunWorld, 'edgeOf' | 'accountOf' | 'check' | 'renderer' | 'originProblem' | 'diagnose'>,
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

export function createPlansFeature(parts: PlansParts): { plans: Plans; store: PlanStore; priceOf: PriceOf } {
  const { db, clock, changes, ledger, builds } = parts
  const store = createPlanStore(db, changes)
  const queue = createPurgeQueue(db, store, ledger, parts.checkItem, clock)
  const tracked = new Map<string, (change: JobChange) => void>()
  const world: PlanWorld = {
    ...parts,
    async circumstances(siteId) {
      const [distribution, builder, renderer, account] = await Promise.all([
        parts.distributionOf(siteId),
        parts.builderOf(siteId),
        parts.rendererOf(siteId),
        parts.accountOf(siteId),
      ])
      return {
        checkItem: distribution?.capabilities.purgesPaths === false ? refuseAll : parts.checkItem,
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
    itemsPerRequest: async (siteId) => (await parts.distributionOf(siteId))?.capabilities.itemsPerRequest ?? ITEMS_PER_REQUEST,
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
  const priceOf: PriceOf = async (siteId, selection) => (await workOutSelection(world, siteId, selection, { build: true })).purge
  return { plans, store, priceOf }
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
