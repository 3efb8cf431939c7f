import type { Builds } from './builds/service.ts'
import type { Entries } from './entries/service.ts'
import type { WorkPorts } from './hooks/run-work.ts'
import type { Plans } from './plans/service.ts'
import { delay, type Clock } from './platform/clock.ts'
import type { Database } from './platform/database.ts'

const LOOK_MS = 500

/** What the rules of deliveries have other features do. */
export function hookPorts(has: {
  readonly builds: Pick<Builds, 'trigger'>
  readonly plans: Pick<Plans, 'create' | 'read' | 'start'>
  readonly refresh: Entries['refresh']
  readonly clock: Clock
  readonly stopped: AbortSignal
}): WorkPorts {
  const { builds, plans, stopped } = has
  return {
    async requestBuild(siteId, cause) {
      const { build, ended } = await builds.trigger(siteId, cause)
      return { ref: build.id, ended }
    },
    draftPlan: async (siteId, pageIds, by) => (await plans.create(siteId, { kind: 'pages', pageIds: [...pageIds] }, by)).id,
    async runPlan(planId, by) {
      let plan = await plans.read(planId)
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
      return `${pageIds.length - failures.size} of ${pageIds.length} pages rendered again`
    },
    whenVisited: async () => null,
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
