import { useQuery } from '@tanstack/react-query'
import { dollarsText, type Budget } from '#shared/budget.ts'
import { formatCount } from '#renderer/ui/format.ts'
import { budgetQueries } from './queries.ts'

/** "At least 3 of 1,000 purges used": without "at least" once purges sent by others are counted too. */
export function budgetWords(budget: Pick<Budget, 'used' | 'allowance' | 'reconciled'>): string {
  const over = budget.used > budget.allowance
  const words = over
    ? `${formatCount(budget.used)} purges used, ${formatCount(budget.allowance)} of them free`
    : `${formatCount(budget.used)} of ${formatCount(budget.allowance)} purges used`
  return budget.reconciled ? words : `At least ${words}`
}

/** The month's purges in one line. */
export function BudgetLine({ siteId }: { readonly siteId: string }) {
  const { data: budget } = useQuery(budgetQueries.get(siteId))
  if (!budget) return null
  const title = [
    `${budget.month} (UTC), counted for ${budget.scope}.`,
    budget.reserved > 0 ? `${formatCount(budget.reserved)} more reserved by plans that have started.` : '',
    `After the free ones each costs ${dollarsText(budget.priceMicroDollars)}.`,
  ]
    .filter(Boolean)
    .join(' ')
  return <span title={title}>{budgetWords(budget)}</span>
}
