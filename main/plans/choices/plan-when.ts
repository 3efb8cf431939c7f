import type { Budget } from '#shared/budget.ts'
import type { PlanWhen } from '#shared/plan-choices.ts'
import type { Plan } from '#shared/plans.ts'
import type { PlanChoices } from './choice-store.ts'
import { lastChoice } from './choice-words.ts'
import { classesOf, offersOf, type Choosable } from './offers.ts'

type Purge = Pick<Plan['purge'], 'itemCount' | 'alsoCold'>

/**
 * The choices of a draft with their prices; null where there is nothing to choose. `allNow` works the plan out as if all
 * of it was purged now: asked only where that is not what the plan does.
 */
export async function planWhen(
  worked: { readonly chosen: Choosable; readonly purge: Purge; readonly budget: Budget },
  choices: PlanChoices,
  allNow: () => Promise<Purge>,
): Promise<PlanWhen | null> {
  const { chosen, purge, budget } = worked
  if (chosen.pageIds.length === 0) return null
  const anyLater = chosen.pageIds.some((pageId) => chosen.whenOf(pageId) !== 'now')
  const cost = ({ itemCount, alsoCold }: Purge) => ({ items: itemCount, alsoCold })
  const now = { chosen: cost(purge), ifAll: cost(anyLater ? await allNow() : purge) }
  return {
    pages: chosen.pageIds.length,
    visits: choices.visits,
    last: lastChoice(choices.when),
    ...offersOf(chosen, choices.visits, now, budget, budget.used + budget.reserved),
    classes: classesOf(chosen),
  }
}
