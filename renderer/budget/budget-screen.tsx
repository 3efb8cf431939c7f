import { useQuery } from '@tanstack/react-query'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { BudgetMeter, FreeMeter } from './budget-meter.tsx'
import { BudgetSettings } from './budget-settings.tsx'
import { BurnDown } from './burn-down.tsx'
import { MonthChart } from './month-chart.tsx'
import { monthWords } from './month-words.ts'
import { PurgeRecords } from './purge-records.tsx'
import { budgetQueries } from './queries.ts'
import { SiteLimitsCard } from './site-limits.tsx'
import { SpendBars } from './spend-bars.tsx'
import { useBudgetView } from './use-budget-view.ts'
import classes from './budget.module.css'

/** What purges have cost, what is left, who sent them, and the numbers that every price is made of. */
export function BudgetScreen() {
  const site = useSite()
  const view = useBudgetView()
  const nowMs = useNow()
  const budget = useQuery(budgetQueries.get(site.id))
  const reading = useQuery(budgetQueries.reading(site.id))
  const now = useQuery(budgetQueries.month(site.id, null))
  const byDay = useQuery(budgetQueries.month(site.id, view.month))
  const spend = useQuery({
    ...budgetQueries.spend(site.id, byDay.data?.month ?? '', view.filter?.by ?? view.by),
    enabled: byDay.data !== undefined && view.filter !== null,
  })
  const asked = [budget, reading, now, byDay]
  const failed = asked.find((query) => query.error)?.error
  const shown = byDay.data
  return (
    <Screen title="Budget" note={budget.data && `${monthWords(budget.data.month)} (UTC), counted for ${budget.data.scope}`}>
      {failed && <FailureNote {...describeFailure(failed)} onTryAgain={() => asked.forEach((query) => void query.refetch())} />}
      {asked.some((query) => query.isPending) && <LateSkeleton />}
      {budget.data && reading.data && now.data && shown && (
        <div className={classes.screen}>
          <div className={classes.columns} data-single={!budget.data.charges || undefined}>
            <div className={classes.column}>
              {budget.data.charges ? (
                <BudgetMeter budget={budget.data} reading={reading.data} forecast={now.data.forecast} />
              ) : (
                <FreeMeter budget={budget.data} />
              )}
              <div className={classes.pair}>
                <MonthChart {...shown} />
                {budget.data.charges && (
                  <BurnDown
                    budget={budget.data}
                    days={shown.days}
                    forecast={shown.forecast}
                    today={shown.month === budget.data.month ? new Date(nowMs).getUTCDate() : null}
                  />
                )}
              </div>
              <SpendBars
                siteId={site.id}
                month={shown.month}
                by={view.by}
                filter={view.filter}
                onBy={view.chooseBy}
                onFilter={view.chooseFilter}
              />
            </div>
            {budget.data.charges && (
              <div className={classes.column}>
                <BudgetSettings budget={budget.data} />
                {budget.data.site && <SiteLimitsCard part={budget.data.site} />}
              </div>
            )}
          </div>
          <PurgeRecords
            siteId={site.id}
            month={view.month}
            months={shown.months}
            filter={view.filter}
            filterSays={spend.data?.find(({ key }) => key === view.filter?.key)?.label ?? view.filter?.key ?? ''}
            onFilter={view.chooseFilter}
            onMonth={view.chooseMonth}
          />
        </div>
      )}
    </Screen>
  )
}
