import { countOf } from '#shared/count-of.ts'
import type { ActivityFacts } from '#shared/activity.ts'
import type { Budget } from '#shared/budget.ts'
import { limitText, passedLimit, type PassedLimit } from '#shared/budget-limits.ts'
import { AppError } from '#shared/errors.ts'
import type { Selection } from '#shared/pages.ts'
import type { Plan } from '#shared/plans.ts'
import { itemPages, type ItemPagesAsked } from './item-pages.ts'
import { createDraft, previewPurge, reviseDraft, type Choice, type DraftFacts, type PurgePreview } from './drafts.ts'
import type { Revision } from './choices/revised.ts'
import { repriced } from './reprice.ts'
import { previewAs } from './preview.ts'
import { restoreCancelled } from './restore.ts'
import { intend, runPlan, type RunWorld } from './run-plan.ts'

export interface PlansWorld extends RunWorld {
  /** Why no plan of this site may start now, as a sentence; null when it may. `builds`: the plan would build first. */
  heldBecause?(siteId: string, builds: boolean): string | null
  readonly stopped: AbortSignal
  /** A plan was told to go before its turn. */
  pushed(): void
  /** Shows the run in the list of jobs. */
  track(plan: Plan, run: () => Promise<Plan>, cancel: () => void): void
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
  /** The budget of the account that the site's purges are charged to. */
  budget(siteId: string): Promise<Budget>
  /** Keeps why the owner let a plan pass a hard stop. */
  letPass(plan: Plan, by: string, reason: string): Promise<void>
  /** After a step: what the panel shows of pages and of the budget is out of date. */
  refresh(): void
}

/** Limits that a plan may pass: the soft one when the person confirmed it, a hard stop when the owner said why. */
export interface Pass {
  readonly limit: boolean
  readonly stopReason: string | null
}

export interface Plans {
  create(siteId: string, selection: Selection, by: string, choice?: Choice & DraftFacts): Promise<Plan>
  revise(planId: string, choice: Revision): Promise<Plan>
  /** Drafts with the prices of this moment; what has begun keeps its own. */
  read(planId: string): Promise<Plan>
  list(siteId: string): Promise<Plan[]>
  /** The pages that one of its items reaches, as they stand now. */
  itemPages(asked: Omit<ItemPagesAsked, 'siteId'>): ReturnType<typeof itemPages>
  /** What a plan would send and cost. Nothing is stored. */
  preview(siteId: string, selection: Selection): Promise<PurgePreview>
  /** Throws `CONFLICT` when it cannot begin, or passes a limit that `pass` does not let it pass. */
  start(planId: string, by: string, pass?: Pass): Promise<Plan>
  /** What a purge of these pages would be if their origin had other bytes by then. */
  previewAs(siteId: string, selection: Selection, hashOf: Parameters<typeof previewAs>[3]): ReturnType<typeof previewAs>
  cancel(planId: string): Plan
  /** Takes a cancel back. Throws `CONFLICT` when it cannot be. */
  restore(planId: string, by: string): Promise<Plan>
  /** A plan that waits in the queue goes before what runs by itself, and although automation is paused. */
  runNow(planId: string, by: string): Plan
  /** Goes on with what was under way when the core stopped. */
  resume(): void
  /** Sentences about plans that are under way. */
  busy(): string[]
}

export function createPlans(world: PlansWorld): Plans {
  const { store } = world
  const running = new Map<string, { abort(): void; readonly ended: Promise<void> }>()
  const starting = new Set<string>()

  function run(plan: Plan, by: string): void {
    const cancel = new AbortController()
    const over = Promise.withResolvers<void>()
    running.set(plan.id, { abort: () => cancel.abort(), ended: over.promise })
    const ended = async () => {
      try {
        const last = await runPlan(world, plan.id, { stopped: world.stopped, cancelled: cancel.signal })
        world.note(plan.siteId, by, `Purge: ${last.result ?? last.state}`, endFacts(world, last))
        return last
      } finally {
        running.delete(plan.id)
        over.resolve()
        world.refresh()
      }
    }
    world.track(plan, ended, () => cancel.abort())
  }

  async function startPlan(planId: string, by: string, pass: Pass): Promise<Plan> {
    const stored = store.read(planId)
    const budget = await world.budget(stored.siteId)
    const draft = repriced(stored, budget)
    if (draft.state !== 'draft') throw new AppError('CONFLICT', 'This plan has been started already.', { field: 'planId' })
    if (draft.blocked !== null) throw new AppError('CONFLICT', draft.blocked, { field: 'planId' })
    const held = world.heldBecause?.(draft.siteId, draft.build.wanted) ?? null
    if (held !== null) throw new AppError('CONFLICT', held, { field: 'planId' })
    const passed = passedLimit(draft.purge.itemCount, budget, draft.origin === 'automatic')
    const stops = passed?.kind === 'hard' && pass.stopReason === null
    if (passed && (stops || passed.kind === 'reserve' || (passed.kind === 'soft' && !pass.limit)))
      throw new AppError('CONFLICT', limitText(passed, draft.purge.atMost), {
        field: stops ? 'stopReason' : 'passLimit',
        fix: limitFix(passed.kind),
      })
    if (passed?.kind === 'hard' && pass.stopReason !== null) {
      await world.letPass(draft, by, pass.stopReason)
      const text = `Passed the hard stop of ${countOf(passed.limit, 'item')}: ${pass.stopReason}`
      world.note(draft.siteId, by, text, { kind: 'budget', result: 'done', about: { kind: 'plan', id: planId } })
    }
    const startedAtMs = world.clock()
    const makesNew = draft.build.wanted || draft.refresh.wanted
    const started: Plan = { ...draft, startedBy: by, startedAtMs, state: makesNew ? 'building' : 'purging' }
    if (makesNew) store.save(started)
    else await intend(world, started, draft.purge.items)
    world.refresh()
    world.note(draft.siteId, by, `Started: ${draft.title}`, {
      kind: 'purge',
      result: 'begun',
      about: { kind: 'plan', id: planId },
    })
    const plan = store.read(planId)
    run(plan, by)
    return plan
  }

  return {
    create: (siteId, selection, by, choice) => createDraft(world, store, siteId, selection, by, choice),
    previewAs: (siteId, selection, hashOf) => previewAs(world, siteId, selection, hashOf),
    revise: (planId, choice) => reviseDraft(world, store, planId, choice),
    read: async (planId) => {
      const plan = store.read(planId)
      return plan.state === 'draft' ? repriced(plan, await world.budget(plan.siteId)) : plan
    },
    async list(siteId) {
      const budget = await world.budget(siteId)
      return store.list(siteId).map((plan) => repriced(plan, budget))
    },
    async itemPages(asked) {
      const { siteId } = store.read(asked.planId)
      const { checkItem } = await world.circumstances(siteId)
      return itemPages({ ...world, keyOf: checkItem }, { ...asked, siteId }, world.clock())
    },
    preview: (siteId, selection) => previewPurge(world, siteId, selection),
    async start(planId, by, pass = { limit: false, stopReason: null }) {
      if (starting.has(planId)) throw new AppError('CONFLICT', 'This plan is being started already.', { field: 'planId' })
      starting.add(planId)
      return startPlan(planId, by, pass).finally(() => starting.delete(planId))
    },
    cancel(planId) {
      const plan = store.read(planId)
      if (plan.state === 'draft') {
        const cancelled: Plan = {
          ...plan,
          state: 'cancelled',
          endedAtMs: world.clock(),
          result: 'Cancelled before it was started.',
          cancelledFrom: { state: 'draft', title: plan.title, build: plan.build.state },
        }
        store.save(cancelled)
        return cancelled
      }
      if (plan.state === 'purging' && world.queue.of(planId).some(({ state }) => state === 'sent' || state === 'completed')) {
        throw new AppError(
          'CONFLICT',
          'The purge has been sent, and the edge cannot take it back. It will be checked when it is completed.',
          {},
        )
      }
      const cancel = running.get(planId)
      if (!cancel) throw new AppError('CONFLICT', 'This plan is not running.', { field: 'planId' })
      cancel.abort()
      return plan
    },
    async restore(planId, by) {
      await running.get(planId)?.ended
      const { siteId, build, cancelledFrom } = store.read(planId)
      const held = cancelledFrom?.state === 'draft' ? null : (world.heldBecause?.(siteId, build.wanted) ?? null)
      if (held !== null) throw new AppError('CONFLICT', held, { field: 'planId' })
      const plan = await restoreCancelled(world, planId)
      if (plan.state !== 'draft') run(plan, plan.startedBy ?? plan.by)
      world.refresh()
      world.note(siteId, by, `Took the cancelling back: ${plan.title}`, {
        kind: 'purge',
        result: 'begun',
        about: { kind: 'plan', id: planId },
      })
      return plan
    },
    runNow(planId, by) {
      const plan = store.read(planId)
      if (!running.has(planId)) throw new AppError('CONFLICT', 'This plan is not running.', { field: 'planId' })
      const pushed: Plan = { ...plan, queue: { ...plan.queue, pushedBy: plan.queue.pushedBy ?? by } }
      store.save(pushed)
      world.pushed()
      world.note(plan.siteId, by, `Had run now: ${plan.title}`, {
        kind: 'purge',
        result: 'begun',
        about: { kind: 'plan', id: planId },
      })
      return pushed
    },
    resume() {
      store.dropDrafts(world.clock() - DRAFT_KEPT_MS)
      for (const plan of store.unfinished()) run(plan, plan.startedBy ?? plan.by)
    },
    busy: () => [...running.keys()].map((planId) => store.read(planId).title),
  }
}

function limitFix(kind: PassedLimit['kind']): string {
  if (kind === 'hard') return 'The owner may pass it with a reason, or choose fewer pages.'
  return kind === 'soft' ? 'Confirm that it may, or choose fewer pages.' : 'A person can start it.'
}

/** A draft's prices and pages are long out of date by then. */
const DRAFT_KEPT_MS = 7 * 24 * 3_600_000

/** What came of a plan: only what the edge took has a cost. */
function endFacts(world: PlansWorld, plan: Plan): ActivityFacts {
  const cost = world.spent(plan.id)
  return {
    kind: 'purge',
    result: plan.state === 'failed' || plan.state === 'cancelled' ? plan.state : 'done',
    about: { kind: 'plan', id: plan.id },
    ...(cost.items === 0 ? {} : { cost }),
  }
}
