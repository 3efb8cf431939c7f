import { AppError } from '#shared/errors.ts'
import type { Selection } from '#shared/pages.ts'
import type { Plan } from '#shared/plans.ts'
import { createDraft, reviseDraft } from './drafts.ts'
import { previewPurge } from './preview.ts'
import { intend, runPlan, type RunWorld } from './run-plan.ts'

export interface PlansWorld extends RunWorld {
  /** Why no plan of this site may start now, as a sentence; null when it may. `builds`: the plan would build first. */
  heldBecause?(siteId: string, builds: boolean): string | null
  readonly stopped: AbortSignal
  /** Shows the run in the list of jobs. */
  track(plan: Plan, run: () => Promise<Plan>, cancel: () => void): void
  note(siteId: string, by: string, text: string): void
  /** After a step: what the panel shows of pages and of the budget is out of date. */
  refresh(): void
}

export interface Plans {
  create(siteId: string, selection: Selection, by: string): Promise<Plan>
  revise(
    planId: string,
    choice: { readonly build?: boolean | undefined; readonly by?: Plan['purge']['by'] | undefined },
  ): Promise<Plan>
  start(planId: string, by: string): Promise<Plan>
  /** What a purge of these pages would be if their origin had other bytes by then. */
  preview(siteId: string, selection: Selection, hashOf: Parameters<typeof previewPurge>[3]): ReturnType<typeof previewPurge>
  cancel(planId: string): Plan
  /** Goes on with what was under way when the core stopped. */
  resume(): void
  /** Sentences about plans that are under way. */
  busy(): string[]
}

export function createPlans(world: PlansWorld): Plans {
  const { store } = world
  const running = new Map<string, AbortController>()
  const starting = new Set<string>()

  function run(plan: Plan, by: string, resumed: boolean): void {
    const cancel = new AbortController()
    running.set(plan.id, cancel)
    const ended = async () => {
      try {
        const last = await runPlan(world, plan.id, { stopped: world.stopped, cancelled: cancel.signal, resumed })
        world.note(plan.siteId, by, `Purge: ${last.result ?? last.state}`)
        return last
      } finally {
        running.delete(plan.id)
        world.refresh()
      }
    }
    world.track(plan, ended, () => cancel.abort())
  }

  async function startPlan(planId: string, by: string): Promise<Plan> {
    const draft = store.read(planId)
    if (draft.state !== 'draft') throw new AppError('CONFLICT', 'This plan has been started already.', { field: 'planId' })
    if (draft.blocked !== null) throw new AppError('CONFLICT', draft.blocked, { field: 'planId' })
    const held = world.heldBecause?.(draft.siteId, draft.build.wanted) ?? null
    if (held !== null) throw new AppError('CONFLICT', held, { field: 'planId' })
    const startedAtMs = world.clock()
    const started: Plan = { ...draft, startedAtMs, state: draft.build.wanted ? 'building' : 'purging' }
    if (draft.build.wanted) store.save(started)
    else await intend(world, started, draft.purge.items)
    world.refresh()
    world.note(draft.siteId, by, `Started: ${draft.title}`)
    const plan = store.read(planId)
    run(plan, by, false)
    return plan
  }

  return {
    create: (siteId, selection, by) => createDraft(world, store, siteId, selection, by),
    preview: (siteId, selection, hashOf) => previewPurge(world, siteId, selection, hashOf),
    revise: (planId, choice) => reviseDraft(world, store, planId, choice),
    async start(planId, by) {
      if (starting.has(planId)) throw new AppError('CONFLICT', 'This plan is being started already.', { field: 'planId' })
      starting.add(planId)
      return startPlan(planId, by).finally(() => starting.delete(planId))
    },
    cancel(planId) {
      const plan = store.read(planId)
      if (plan.state === 'draft') {
        const cancelled: Plan = {
          ...plan,
          state: 'cancelled',
          endedAtMs: world.clock(),
          result: 'Cancelled before it was started.',
        }
        store.save(cancelled)
        return cancelled
      }
      if (plan.state === 'purging' && world.queue.of(planId).some((purge) => purge.state === 'sent')) {
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
    resume() {
      for (const plan of store.unfinished()) run(plan, plan.by, true)
    },
    busy: () => [...running.keys()].map((planId) => store.read(planId).title),
  }
}
