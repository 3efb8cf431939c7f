import { useQuery } from '@tanstack/react-query'
import { useSite } from '#renderer/lib/current-site.ts'
import { BarChart } from '#renderer/ui/bar-chart.tsx'
import { ChartTable, type ChartColumn } from '#renderer/ui/chart-table.tsx'
import { coreNow } from '#renderer/ui/clock.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf, formatCount, formatDuration } from '#renderer/ui/format.ts'
import { buildDays, type BuildDay } from './build-days.ts'
import { queueQueries } from './queries.ts'
import classes from './queue.module.css'

const DAYS = 14
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })
const dayOf = ({ startMs }: BuildDay) => DAY.format(startMs)

const count = (key: 'succeeded' | 'failed' | 'other', header: string): ChartColumn<BuildDay> => ({
  key,
  header,
  width: 110,
  align: 'right',
  cell: (day) => formatCount(day[key]),
  value: (day) => day[key],
})
const columns: readonly ChartColumn<BuildDay>[] = [
  { key: 'day', header: 'Day', width: 100, cell: dayOf, value: ({ startMs }) => new Date(startMs).toISOString() },
  count('succeeded', 'Succeeded'),
  count('failed', 'Failed'),
  count('other', 'Other'),
  {
    key: 'took',
    header: 'Usually took',
    csvHeader: 'usually took ms',
    align: 'right',
    cell: (day) => (day.usualMs === null ? '' : formatDuration(day.usualMs)),
    value: (day) => day.usualMs,
  },
]

/** How many builds there were on each of the last days and how long they took, with the table behind the bars. */
export function BuildsPerDay() {
  const site = useSite()
  const past = useQuery(queueQueries.past(site.id))
  if (!past.data || past.data.length === 0) return null
  const days = buildDays(past.data, coreNow(), DAYS)
  return (
    <Disclosure label={`Builds per day: ${countOf(past.data.length, 'build')} in ${DAYS} days`}>
      <div className={classes.chart}>
        <BarChart
          label={`Builds of the last ${DAYS} days`}
          formatValue={formatCount}
          formatLine={scaleWords}
          bars={days.map((day, index) => ({
            key: day.startMs,
            label: index % 3 === 1 ? dayOf(day) : '',
            title: titleOf(day),
            parts: [
              { value: day.succeeded, colour: 'var(--fl-green)' },
              { value: day.failed, colour: 'var(--fl-red)', striped: true },
              { value: day.other, colour: 'var(--fl-grey)' },
            ],
            lineAt: day.usualMs,
          }))}
        />
        <ul className={classes.legend} aria-hidden>
          <li>
            <i data-state="succeeded" /> succeeded
          </li>
          <li>
            <i data-state="failed" /> failed
          </li>
          <li>
            <i data-state="other" /> other
          </li>
          <li>
            <i data-state="took" /> how long one usually took (scale to the right)
          </li>
        </ul>
        <ChartTable
          label="Builds per day"
          fileName="builds-per-day"
          columns={columns}
          rows={days.filter((day) => day.succeeded + day.failed + day.other > 0).reverse()}
          rowKey={(day) => day.startMs}
        />
      </div>
    </Disclosure>
  )
}

/** A scale of quick builds has parts of a second. */
function scaleWords(ms: number): string {
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : formatDuration(ms)
}

function titleOf(day: BuildDay): string {
  const all = day.succeeded + day.failed + day.other
  if (all === 0) return `${dayOf(day)}: no builds`
  const failed = day.failed > 0 ? `, ${day.failed} failed` : ''
  return `${dayOf(day)}: ${countOf(all, 'build')}${failed}${day.usualMs === null ? '' : `, usually ${formatDuration(day.usualMs)}`}`
}
