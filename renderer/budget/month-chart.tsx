import type { BudgetDay } from '#shared/budget.ts'
import { BarChart } from '#renderer/ui/bar-chart.tsx'
import { ChartTable, type ChartColumn } from '#renderer/ui/chart-table.tsx'
import { countOf, formatCount, formatMoney } from '#renderer/ui/format.ts'
import { monthWords } from './month-words.ts'
import { SourceLegend } from './source-legend.tsx'
import { SOURCES } from './source-words.ts'
import classes from './budget.module.css'

const LABELLED_EVERY = 5

const count = (key: string, header: string, width: number, of: (day: BudgetDay) => number): ChartColumn<BudgetDay> => ({
  key,
  header,
  width,
  align: 'right',
  cell: (day) => formatCount(of(day)),
  value: of,
})
const columns: readonly ChartColumn<BudgetDay>[] = [
  { key: 'day', header: 'Day (UTC)', width: 100, cell: ({ day }) => String(day), value: ({ day }) => day },
  count('items', 'Items', 110, (day) => day.free + day.charged),
  count('free', 'Free', 110, (day) => day.free),
  count('charged', 'Charged', 110, (day) => day.charged),
  count('elsewhere', 'Other Frostlines', 130, (day) => day.elsewhere),
  count('outside', 'Outside', 90, (day) => day.outside),
  {
    key: 'price',
    header: 'Price',
    csvHeader: 'micro-dollars',
    align: 'right',
    cell: ({ microDollars }) => formatMoney(microDollars),
    value: ({ microDollars }) => microDollars,
  },
]

interface MonthChartProps {
  readonly month: string
  readonly days: readonly BudgetDay[]
  readonly items: number
  readonly microDollars: number
  /** Against purging every page by itself. */
  readonly saved: { readonly items: number; readonly microDollars: number }
}

/** The items of a month by day, and the table behind the bars. */
export function MonthChart({ month, days, items, microDollars, saved }: MonthChartProps) {
  return (
    <section className={classes.card} aria-label="Items by day">
      <h2>
        {monthWords(month)}: {items === 0 ? 'nothing was purged' : `${countOf(items, 'item')}, ${formatMoney(microDollars)}`}
      </h2>
      <BarChart
        label={`Items by day of ${monthWords(month)}`}
        formatValue={formatCount}
        bars={days.map((day) => ({
          key: day.day,
          label: day.day === 1 || day.day % LABELLED_EVERY === 0 ? String(day.day) : '',
          title: titleOf(month, day),
          parts: [
            { value: day.free + day.charged - day.elsewhere - day.outside, colour: SOURCES.here.colour },
            { value: day.elsewhere, colour: SOURCES.elsewhere.colour },
            { value: day.outside, colour: SOURCES.outside.colour },
          ],
        }))}
      />
      <SourceLegend />
      {saved.items > 0 && (
        <p className={classes.quiet}>
          Wildcards and tags saved {countOf(saved.items, 'item')}
          {saved.microDollars > 0 && ` and ${formatMoney(saved.microDollars)}`} against a list of every page.
        </p>
      )}
      {items > 0 && (
        <ChartTable
          label="Items by day"
          fileName={`items-${month}`}
          columns={columns}
          rows={days.filter((day) => day.free + day.charged > 0)}
          rowKey={(day) => day.day}
        />
      )}
    </section>
  )
}

function titleOf(month: string, { day, free, charged, microDollars, outside }: BudgetDay): string {
  const date = `${monthWords(month)}, day ${day}`
  if (free + charged === 0) return `${date}: nothing was purged`
  const others = outside > 0 ? `, ${formatCount(outside)} of them outside Frostline` : ''
  return `${date}: ${countOf(free + charged, 'item')}${others}, ${formatMoney(microDollars)}`
}
