import type { EdgeAnswers } from '#shared/edge-answers.ts'
import { BarChart } from '#renderer/ui/bar-chart.tsx'
import { ChartTable, type ChartColumn } from '#renderer/ui/chart-table.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { shortMs, ttfbRows, withinWords, type TtfbRow } from './answer-words.ts'
import classes from './edge-answers.module.css'

const columns: readonly ChartColumn<TtfbRow>[] = [
  {
    key: 'class',
    header: 'First byte after',
    csvHeader: 'up to ms',
    width: 180,
    cell: (row) => row.says,
    value: (row) => row.untilMs,
  },
  {
    key: 'store',
    header: 'From the store',
    width: 130,
    align: 'right',
    cell: (row) => formatCount(row.store),
    value: (row) => row.store,
  },
  {
    key: 'origin',
    header: 'From the origin',
    align: 'right',
    cell: (row) => formatCount(row.origin),
    value: (row) => row.origin,
  },
]

/** How long the first byte took, those from the store and those from the origin apart, over the same times. */
export function TtfbHistogram({ answers }: { readonly answers: EdgeAnswers }) {
  const rows = ttfbRows(answers.storeTtfbCounts, answers.originTtfbCounts)
  if (rows.length === 0) return null
  const { storeTtfb, originTtfb } = answers.all
  return (
    <div>
      <div className={classes.charts}>
        <Half rows={rows} name="From the edge’s store" of="store" ttfb={storeTtfb} colour="var(--fl-accent)" />
        <Half rows={rows} name="From the origin" of="origin" ttfb={originTtfb} colour="var(--fl-amber)" />
      </div>
      <ChartTable
        label="Answers by time to first byte"
        fileName="time-to-first-byte"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.ttfbClass}
      />
    </div>
  )
}

interface HalfProps {
  readonly rows: readonly TtfbRow[]
  readonly name: string
  readonly of: 'store' | 'origin'
  readonly ttfb: EdgeAnswers['all']['storeTtfb']
  readonly colour: string
}

function Half({ rows, name, of, ttfb, colour }: HalfProps) {
  const every = Math.ceil(rows.length / 6)
  return (
    <div className={classes.half}>
      <h3>
        {name}
        <span>
          {ttfb.p50Ms === null
            ? 'none'
            : `half of them within ${withinWords(ttfb.p50Ms)}, 95 % within ${withinWords(ttfb.p95Ms)}`}
        </span>
      </h3>
      <BarChart
        label={`${name}: answers by time to first byte`}
        formatValue={formatCount}
        bars={rows.map((row, index) => ({
          key: row.ttfbClass,
          label: index % every === 0 ? (row.untilMs === null ? 'more' : shortMs(row.untilMs)) : '',
          title: `${row.says}: ${countOf(row[of], 'answer')}`,
          parts: [{ value: row[of], colour }],
        }))}
      />
    </div>
  )
}
