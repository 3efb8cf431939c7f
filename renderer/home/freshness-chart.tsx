import '@mantine/charts/styles.css'
import { AreaChart } from '@mantine/charts'
import { formatClock, formatCount, formatExact } from '#renderer/ui/format.ts'
import type { FreshnessPoint, FreshnessSeries } from './freshness-series.ts'

interface FreshnessChartProps {
  readonly series: readonly FreshnessSeries[]
  readonly points: readonly FreshnessPoint[]
  readonly fromMs: number
  readonly toMs: number
  readonly label: string
}

const DAY_MS = 86_400_000
const DATE = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })

/** Pages by freshness, stacked. Loaded when it is shown: the charts' code is larger than a screen's. */
export function FreshnessChart({ series, points, fromMs, toMs, label }: FreshnessChartProps) {
  const days = toMs - fromMs > 2 * DAY_MS
  return (
    <AreaChart
      role="img"
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
      areaProps={{ isAnimationActive: false }}
      tooltipAnimationDuration={0}
      tooltipProps={{ labelFormatter: (atMs: unknown) => (typeof atMs === 'number' ? formatExact(atMs) : '') }}
      xAxisProps={{
        type: 'number',
        scale: 'time',
        domain: [fromMs, toMs],
        minTickGap: 60,
        tickFormatter: (atMs: number) => (days ? DATE.format(atMs) : formatClock(atMs)),
      }}
      yAxisProps={{ width: 48, allowDecimals: false }}
    />
  )
}
