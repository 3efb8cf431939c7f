import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { FRESHNESS_RANGES_HOURS, type FreshnessOverTime } from '#shared/home.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { ChartTable, type ChartColumn } from '#renderer/ui/chart-table.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatCount, formatExact } from '#renderer/ui/format.ts'
import { pointsOf, type FreshnessPoint, type FreshnessSeries } from './freshness-series.ts'
import { homeQueries } from './queries.ts'
import classes from './freshness-over-time.module.css'

const FreshnessChart = lazy(async () => ({ default: (await import('./freshness-chart.tsx')).FreshnessChart }))

type Hours = (typeof FRESHNESS_RANGES_HOURS)[number]
const NAMES: Record<Hours, string> = { 1: '1 hour', 24: '24 hours', 168: '7 days', 2160: '90 days' }
const HOUR_MS = 3_600_000
/** A first minute stretched over the whole width would look like a long time. */
const LEAST_MS = 600_000

/** How the pages stood in the last hours or days, with the table behind the chart. */
export function FreshnessHistory({ siteId }: { readonly siteId: string }) {
  const [hours, setHours] = useState<Hours>(1)
  const history = useQuery(homeQueries.freshnessOverTime(siteId, hours))
  return (
    <section aria-label="Freshness over time">
      <div className={classes.heading}>
        <h2>Freshness over time</h2>
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          value={String(hours)}
          onChange={(value) => setHours(FRESHNESS_RANGES_HOURS.find((known) => String(known) === value) ?? hours)}
          data={FRESHNESS_RANGES_HOURS.map((known) => ({ value: String(known), label: NAMES[known] }))}
        />
      </div>
      {history.isError && <FailureNote {...describeFailure(history.error)} onTryAgain={() => void history.refetch()} />}
      {history.data && <Chart history={history.data} hours={hours} />}
    </section>
  )
}

function Chart({ history, hours }: { readonly history: FreshnessOverTime; readonly hours: Hours }) {
  const { series, points } = pointsOf(history)
  if (points.length === 0)
    return (
      <p className={classes.empty}>
        Here you will see how many pages were old copies, in date or waiting, and when that changed. The first sample is taken
        within a minute after pages were found.
      </p>
    )
  const sinceMs = Math.min(history.sinceMs ?? 0, history.nowMs - LEAST_MS)
  const fromMs = Math.max(history.nowMs - hours * HOUR_MS, sinceMs)
  return (
    <>
      <div className={classes.chart}>
        <Suspense fallback={null}>
          <FreshnessChart
            series={series}
            points={points}
            fromMs={fromMs}
            toMs={history.nowMs}
            label={`Pages by freshness, the last ${NAMES[hours]}. The table below has the same numbers.`}
          />
        </Suspense>
      </div>
      <ul className={classes.legend} aria-hidden>
        {series.map(({ key, says, colour }) => (
          <li key={key}>
            <i style={{ background: colour }} /> {says}
          </li>
        ))}
      </ul>
      <ChartTable
        label="Pages by freshness over time"
        fileName="freshness-over-time"
        columns={columnsOf(series)}
        rows={points.toReversed()}
        rowKey={(point) => point.atMs}
      />
    </>
  )
}

function columnsOf(series: readonly FreshnessSeries[]): ChartColumn<FreshnessPoint>[] {
  const time: ChartColumn<FreshnessPoint> = {
    key: 'time',
    header: 'Time',
    width: 236,
    cell: ({ atMs }) => formatExact(atMs),
    value: ({ atMs }) => new Date(atMs).toISOString(),
  }
  return [
    time,
    ...series.map(({ key, says }): ChartColumn<FreshnessPoint> => ({
      key,
      header: says,
      width: 84,
      align: 'right',
      cell: (point) => (typeof point[key] === 'number' ? formatCount(point[key]) : 'not looked'),
      value: (point) => point[key] ?? null,
    })),
  ]
}
