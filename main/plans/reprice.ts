import { allowanceOf, priceOf, type Budget } from '#shared/budget.ts'
import type { Plan } from '#shared/plans.ts'
import { repricedWhen } from './choices/offers.ts'
import { draftTitle } from './wording.ts'

/** A draft with the prices of this moment: since it was made others may have purged, or the owner changed the prices. */
export function repriced(plan: Plan, budget: Budget): Plan {
  if (plan.state !== 'draft') return plan
  const { itemCount } = plan.purge
  const before = budget.used + budget.reserved
  const purge: Plan['purge'] = {
    ...plan.purge,
    priceMicroDollars: priceOf(itemCount, before, budget),
    ...allowanceOf(itemCount, before, budget),
  }
  const when = plan.when && repricedWhen(plan.when, budget, before)
  return { ...plan, purge, when, title: draftTitle({ ...plan, purge }) }
}
