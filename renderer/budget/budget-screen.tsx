import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { BudgetMeter, FreeMeter } from './budget-meter.tsx'
import { BudgetSettings } from './budget-settings.tsx'
import { MonthChart } from './month-chart.tsx'
import { monthWords } from './month-words.ts'
import { PurgeRecords } from './purge-records.tsx'
import { budgetQueries } from './queries.ts'
import classes from './budget.module.css'

/** What purges have cost, what is left, who sent them, and the numbers that every price is made of. */
export function BudgetScreen() {
  const site = useSite()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('month')
  const month = asked !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : null
  const budget = useQuery(budgetQueries.get(site.id))
  const byDay = useQuery(budgetQueries.month(site.id, month))
  const failed = budget.error ?? byDay.error
  const choose = (next: string | null) =>
    setSearch(
      (now) => {
        const search = new URLSearchParams(now)
        if (next === null) search.delete('month')
        else search.set('month', next)
        return search
      },
      { replace: true },
    )
  return (
    <Screen title="Budget" note={budget.data && `${monthWords(budget.data.month)} (UTC), counted for ${budget.data.scope}`}>
      {failed && (
        <FailureNote
          {...describeFailure(failed)}
          onTryAgain={() => {
            void budget.refetch()
            void byDay.refetch()
          }}
        />
      )}
      {(budget.isPending || byDay.isPending) && <LateSkeleton />}
      {budget.data && byDay.data && (
        <div className={classes.screen}>
          <div className={classes.columns} data-single={!budget.data.charges || undefined}>
            <div className={classes.column}>
              {budget.data.charges ? <BudgetMeter budget={budget.data} /> : <FreeMeter budget={budget.data} />}
              <MonthChart {...byDay.data} />
            </div>
            {budget.data.charges && <BudgetSettings budget={budget.data} />}
          </div>
          <PurgeRecords siteId={site.id} month={month} months={byDay.data.months} onMonth={choose} />
        </div>
      )}
    </Screen>
  )
}
