import type { Budget } from '#shared/budget.ts'
import { AppError } from '#shared/errors.ts'
import type { Plan, PlanPage } from '#shared/plans.ts'

/** What visits need of the plans; the composition root supplies it. */
export interface PlansPort {
  create(
    siteId: string,
    selection: { readonly kind: 'pages'; readonly pageIds: number[] },
    by: string,
    choice: { readonly build: boolean; readonly by: Plan['purge']['by']; readonly origin: Plan['origin'] },
  ): Promise<Plan>
  start(planId: string, by: string): Promise<Plan>
  read(planId: string): Promise<Plan>
  /** Removes a draft. */
  drop(planId: string): void
  pages(planId: string): readonly PlanPage[]
  /** Something of it was accepted by the edge. */
  wasSent(planId: string): boolean
}

/** How an attempt to start an automatic plan came out. */
export type Attempt = 'started' | { readonly nothing: 'not-needed' | 'held-back' } | { readonly refused: string }

/** Plans that nobody pressed Start for: they never pass a limit, nor use what is kept for incidents. */
export interface AutomaticPlans {
  /** Starts a draft, or says why it is of no use. That one is still there, to be dropped. */
  start(planId: string, by: string): Promise<Attempt>
}

export function createAutomaticPlans(plans: PlansPort, budgetOf: (siteId: string) => Promise<Budget>): AutomaticPlans {
  return {
    async start(planId, by) {
      const draft = await plans.read(planId)
      if (draft.state === 'cancelled') return { refused: 'Somebody cancelled it.' }
      if (draft.state !== 'draft') return 'started'
      const { counts, purge } = draft
      if (purge.itemCount === 0 && !draft.refresh.wanted) return { nothing: counts.heldBack > 0 ? 'held-back' : 'not-needed' }
      const kept = keptForIncidents(await budgetOf(draft.siteId), purge.itemCount)
      if (kept !== null) return { refused: kept }
      try {
        await plans.start(planId, by)
        return 'started'
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return { refused: error.message }
      }
    },
  }
}

/** Why so many more items would use what is kept for incidents; null when they do not. */
export function keptForIncidents(budget: Budget, items: number): string | null {
  const { charges, incidentReserve, allowance, used, reserved } = budget
  if (!charges || incidentReserve === 0 || used + reserved + items <= allowance - incidentReserve) return null
  return `The last ${incidentReserve.toLocaleString('en-US')} free items of the month are kept for incidents.`
}
