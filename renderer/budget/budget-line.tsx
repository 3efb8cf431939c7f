import { useQuery } from '@tanstack/react-query'
import { dollarsText, type Budget } from '#shared/budget.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { budgetQueries } from './queries.ts'

/**
 * "At least 3 of 1,000 purges used": without "at least" once purges sent by others are counted too, and in
 * other words while none is known. At an edge that does
 * not charge: "3 purges, free: Varnish does not charge".
 */
export function budgetWords(budget: Pick<Budget, 'used' | 'allowance' | 'reconciled' | 'charges' | 'vendor'>): string {
  if (!budget.charges) return `${countOf(budget.used, 'purge')}, free: ${budget.vendor} does not charge`
  const over = budget.used > budget.allowance
  const words = over
    ? `${formatCount(budget.used)} purges used, ${formatCount(budget.allowance)} of them free`
    : `${formatCount(budget.used)} of ${formatCount(budget.allowance)} purges used`
  if (budget.reconciled) return words
  return budget.used === 0 ? `No purge of ${formatCount(budget.allowance)} free ones known` : `At least ${words}`
}

/** The month's purges in one line. */
export function BudgetLine({ siteId }: { readonly siteId: string }) {
  const { data: budget } = useQuery(budgetQueries.get(siteId))
  if (!budget) return null
  const title = [
    `${budget.month} (UTC), counted for ${budget.scope}.`,
    budget.reserved > 0 ? `${formatCount(budget.reserved)} more reserved by plans that have started.` : '',
    budget.charges ? `After the free ones each costs ${dollarsText(budget.priceMicroDollars)}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
  return <span title={title}>{budgetWords(budget)}</span>
}
