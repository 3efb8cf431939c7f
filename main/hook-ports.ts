import { countOf } from '#shared/count-of.ts'
import { USUAL_VISIT_LIMITS } from '#shared/plan-choices.ts'
import type { BuildQueueService } from './builds/queue.ts'
import type { Entries } from './entries/service.ts'
import type { WorkPorts } from './hooks/run-work.ts'
import type { Plans } from './plans/service.ts'
import { delay, type Clock } from './platform/clock.ts'
import type { Database } from './platform/database.ts'

const LOOK_MS = 500

/** What the rules of deliveries have other features do. */
export function hookPorts(has: {
  readonly buildQueue: Pick<BuildQueueService, 'request'>
  readonly plans: Pick<Plans, 'create' | 'revise' | 'read' | 'start' | 'cancel'>
  /** Why no plan of a site may start now, and with `builds` why a build would not reach visitors; null when it may. */
  heldBecause(siteId: string, builds: boolean): string | null
  readonly refresh: Entries['refresh']
  readonly clock: Clock
  readonly stopped: AbortSignal
}): WorkPorts {
  const { buildQueue, plans, stopped } = has
  return {
    async requestBuild(siteId, source, changes) {
      buildQueue.request(siteId, { source, cause: null, changes })
    },
    async draftPlan({ siteId, pageIds, by, when, rebuild, changes }) {
      const later = { when: [{ choice: when }], visits: USUAL_VISIT_LIMITS }
      const choice = when === 'now' ? { origin: 'automatic' as const } : { later, origin: 'automatic' as const }
      let plan = await plans.create(siteId, { kind: 'pages', pageIds: [...pageIds] }, by, choice)
      const builds = rebuild && plan.build.possible && has.heldBecause(siteId, true) === null
      if (builds && !plan.build.wanted) plan = await plans.revise(plan.id, { build: true })
      if (rebuild && (!builds || plan.blocked !== null)) buildQueue.request(siteId, { source: by, cause: null, changes })
      return plan.id
    },
    async runPlan(planId, by) {
      let plan = await plans.read(planId)
      if (plan.state === 'draft' && plan.blocked !== null) {
        plans.cancel(planId)
        return { ok: plan.counts.heldBack + plan.counts.refused === 0, sentence: plan.blocked }
      }
      // A change of release has an end, and goes before what runs by itself.
      while (plan.state === 'draft' && has.heldBecause(plan.siteId, false) !== null) await delay(LOOK_MS, stopped)
      // A limit of the budget is passed by people only: then the start is refused.
      if (plan.state === 'draft') plan = await plans.start(planId, by)
      while (plan.endedAtMs === null) {
        await delay(LOOK_MS, stopped)
        plan = await plans.read(planId)
      }
      return { ok: plan.state === 'done', sentence: plan.result ?? plan.title }
    },
    async refresh(siteId, pageIds, signal) {
      const failures = await has.refresh(siteId, pageIds, () => {}, signal)
      return `${pageIds.length - failures.size} of ${countOf(pageIds.length, 'page')} rendered again`
    },
  }
}

/** What a plan's purges have cost; null before one was sent. */
export function costOfPlan(
  db: Database,
  planId: string,
  spent: (purgeIds: readonly string[]) => { readonly items: number; readonly microDollars: number },
): { items: number; microDollars: number } | null {
  const purges = db.raw.prepare<[string], { id: string }>('SELECT id FROM purges WHERE plan_id = ?').all(planId)
  const cost = spent(purges.map(({ id }) => id))
  return cost.items === 0 ? null : { ...cost }
}
