import type { BudgetDay } from '#shared/budget.ts'
import { BarChart } from '#renderer/ui/bar-chart.tsx'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf, formatCount, formatMoney } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { monthWords } from './month-words.ts'
import { SourceLegend } from './source-legend.tsx'
import { SOURCES } from './source-words.ts'
import classes from './budget.module.css'

const LABELLED_EVERY = 5

const columns: readonly PlainColumn<BudgetDay>[] = [
  { key: 'day', header: 'Day (UTC)', width: 100, cell: (day) => day.day },
  { key: 'items', header: 'Items', width: 110, align: 'right', cell: (day) => formatCount(day.free + day.charged) },
  { key: 'free', header: 'Free', width: 110, align: 'right', cell: (day) => formatCount(day.free) },
  { key: 'charged', header: 'Charged', width: 110, align: 'right', cell: (day) => formatCount(day.charged) },
  { key: 'elsewhere', header: 'Other Frostlines', width: 130, align: 'right', cell: (day) => formatCount(day.elsewhere) },
  { key: 'outside', header: 'Outside', width: 90, align: 'right', cell: (day) => formatCount(day.outside) },
  { key: 'price', header: 'Price', align: 'right', cell: (day) => formatMoney(day.microDollars) },
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
        <Disclosure label="Show as a table">
          <PlainTable
            label="Items by day"
            columns={columns}
            rows={days.filter((day) => day.free + day.charged > 0)}
            rowKey={(day) => day.day}
          />
        </Disclosure>
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
