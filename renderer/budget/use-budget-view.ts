import { useSearchParams } from 'react-router'
import type { LedgerFilter } from '#shared/budget.ts'
import { SPEND_BY, type SpendBy } from '#shared/budget-account.ts'

export interface BudgetView {
  /** Null: all months in the ledger, this one in the charts. */
  readonly month: string | null
  readonly by: SpendBy
  readonly filter: LedgerFilter | null
  chooseMonth(month: string | null): void
  chooseBy(by: SpendBy): void
  chooseFilter(filter: LedgerFilter | null): void
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** What the screen shows, kept in its address. */
export function useBudgetView(): BudgetView {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('month')
  const by = SPEND_BY.find((way) => way === search.get('by')) ?? 'person'
  const key = search.get('key')
  const set = (changes: Readonly<Record<string, string | null>>) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now)
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) next.delete(name)
          else next.set(name, value)
        }
        return next
      },
      { replace: true },
    )
  return {
    month: asked !== null && MONTH.test(asked) ? asked : null,
    by,
    filter: key === null ? null : { by, key },
    chooseMonth: (month) => set({ month }),
    chooseBy: (next) => set({ by: next, key: null }),
    chooseFilter: (filter) => set(filter === null ? { key: null } : { by: filter.by, key: filter.key }),
  }
}
