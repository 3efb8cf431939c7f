import { priceOf, type BudgetDay, type BudgetSettings, type PurgeSource } from '#shared/budget.ts'

/** One purge that was counted, in the order of the ledger. */
export interface Counted {
  readonly items: number
  /** By the vendor's clock. */
  readonly createdAtMs: number
  readonly source: PurgeSource
}

type Price = Pick<BudgetSettings, 'allowance' | 'priceMicroDollars'>

/** Every day of a UTC month with its items; the month's first items are free, whichever day they were sent on. */
export function daysOf(month: string, purges: readonly Counted[], settings: Price): BudgetDay[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const days = Array.from({ length }, (_, index) => ({
    day: index + 1,
    free: 0,
    charged: 0,
    microDollars: 0,
    elsewhere: 0,
    outside: 0,
  }))
  let before = 0
  for (const { items, createdAtMs, source } of purges) {
    const day = days[new Date(createdAtMs).getUTCDate() - 1]
    const charged = chargedOf(items, before, settings)
    if (day) {
      day.free += items - charged
      day.charged += charged
      day.microDollars += priceOf(items, before, settings)
      if (source !== 'here') day[source] += items
    }
    before += items
  }
  return days
}

/** Of `items` more, those beyond the allowance when `before` were used. */
export function chargedOf(
  items: number,
  before: number,
  settings: Pick<BudgetSettings, 'allowance' | 'priceMicroDollars'>,
): number {
  if (settings.priceMicroDollars === 0) return 0
  return Math.max(0, items - Math.max(0, settings.allowance - before))
}
