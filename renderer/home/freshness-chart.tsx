import '@mantine/charts/styles.css'
import { AreaChart } from '@mantine/charts'
import { useId } from 'react'
import { formatClock, formatCount, formatExact } from '#renderer/ui/format.ts'
import type { FreshnessPoint, FreshnessSeries } from './freshness-series.ts'

interface FreshnessChartProps {
  readonly series: readonly FreshnessSeries[]
  readonly points: readonly FreshnessPoint[]
  readonly fromMs: number
  readonly toMs: number
  readonly label: string
}

/** Words that ask for something are told apart without their colour, too: lines across, down, and both. */
const PATTERNS: Readonly<Record<string, string>> = {
  outdated: 'M-1 1l2-2M0 6l6-6M5 7l2-2',
  error: 'M0 0l6 6M0 6l6-6',
  pending: 'M3 0v6',
  expired: 'M0 3h6',
}

const DAY_MS = 86_400_000
/** Of the axis: instants of samples would crowd where many were taken. */
const TICKS = 6
const evenly = (fromMs: number, toMs: number) =>
  Array.from({ length: TICKS + 1 }, (_, at) => fromMs + ((toMs - fromMs) * at) / TICKS)
const DATE = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })

/** Pages by freshness, stacked. Loaded when it is shown: the charts' code is larger than a screen's. */
export function FreshnessChart({ series, points, fromMs, toMs, label }: FreshnessChartProps) {
  const id = useId()
  const days = toMs - fromMs > 2 * DAY_MS
  return (
    <AreaChart
      role="figure"
      aria-label={label}
      h={180}
      type="stacked"
      data={points.map((point) => ({ ...point }))}
      dataKey="atMs"
      series={series.map(({ key, says, colour }) => ({ name: key, label: says, color: colour }))}
      curveType="stepAfter"
      withDots={false}
      withGradient={false}
      fillOpacity={0.55}
      strokeWidth={1}
      gridAxis="y"
      tickLine="none"
      connectNulls={false}
      valueFormatter={formatCount}
      areaProps={({ name }) => ({
        isAnimationActive: false,
        ...(PATTERNS[name] && { fill: `url(#${id}-${name})`, fillOpacity: 1 }),
      })}
      tooltipAnimationDuration={0}
      tooltipProps={{ labelFormatter: (atMs: unknown) => (typeof atMs === 'number' ? formatExact(atMs) : '') }}
      xAxisProps={{
        type: 'number',
        scale: 'time',
        domain: [fromMs, toMs],
        minTickGap: 60,
        ticks: evenly(fromMs, toMs),
        tickFormatter: (atMs: number) => (days ? DATE.format(atMs) : formatClock(atMs)),
      }}
      yAxisProps={{ width: 48, allowDecimals: false }}
    >
      <defs>
        {series.map(
          ({ key, colour }) =>
            PATTERNS[key] && (
              <pattern key={key} id={`${id}-${key}`} width={6} height={6} patternUnits="userSpaceOnUse">
                <rect width={6} height={6} fill={colour} fillOpacity={0.45} />
                <path d={PATTERNS[key]} stroke={colour} strokeWidth={1.5} fill="none" />
              </pattern>
            ),
        )}
      </defs>
    </AreaChart>
  )
}
