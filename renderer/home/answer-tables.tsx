import type { AnswerSum, EdgeAnswers } from '#shared/edge-answers.ts'
import { hitRatio } from '#shared/edge-answers.ts'
import { ChartTable, type ChartColumn } from '#renderer/ui/chart-table.tsx'
import { countOf, formatCount, formatExact } from '#renderer/ui/format.ts'
import { ratioWords, ttfbWords } from './answer-words.ts'
import classes from './edge-answers.module.css'

type Row = AnswerSum & { readonly name: string; readonly key: string }

const count = (key: 'store' | 'origin' | 'unknown', header: string): ChartColumn<Row> => ({
  key,
  header,
  align: 'right',
  cell: (row) => formatCount(row[key]),
  value: (row) => row[key],
})
const ttfb = (of: 'storeTtfb' | 'originTtfb', p: 'p50Ms' | 'p95Ms', header: string): ChartColumn<Row> => ({
  key: `${of} ${p}`,
  header,
  csvHeader: `${header} ms`,
  align: 'right',
  cell: (row) => ttfbWords(row[of][p]).replace('about ', ''),
  value: (row) => row[of][p],
})

const columnsOf = (header: string): ChartColumn<Row>[] => [
  { key: 'name', header, width: 220, cell: (row) => row.name, value: (row) => row.name },
  { key: 'ratio', header: 'From the store', csvHeader: 'hit ratio', align: 'right', cell: ratioWords, value: hitRatio },
  count('store', 'Store'),
  count('origin', 'Origin'),
  count('unknown', 'Not said'),
  ttfb('storeTtfb', 'p50Ms', 'Store p50'),
  ttfb('storeTtfb', 'p95Ms', 'Store p95'),
  ttfb('originTtfb', 'p50Ms', 'Origin p50'),
  ttfb('originTtfb', 'p95Ms', 'Origin p95'),
]

/** The same by kind of page, by zone and by run. */
export function AnswerTables({ answers: { byServedAs, byZone, zones, runs } }: { readonly answers: EdgeAnswers }) {
  return (
    <div className={classes.tables}>
      <Part
        title="By kind of page"
        header="Served as"
        rows={byServedAs.map((sum) => ({ ...sum, name: sum.servedAs, key: sum.servedAs }))}
      />
      <Part
        title={zones > byZone.length ? `By zone: the ${byZone.length} asked most of ${formatCount(zones)}` : 'By zone'}
        header="Zone"
        rows={byZone.map((sum) => ({ ...sum, name: sum.host, key: sum.host }))}
      />
      {runs.length > 0 && (
        <Part
          title={`The last ${countOf(runs.length, 'run')}`}
          header="Run begun"
          rows={runs.map((sum) => ({ ...sum, name: formatExact(sum.startedAtMs), key: String(sum.runId) }))}
        />
      )}
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly header: string
  readonly rows: readonly Row[]
}

function Part({ title, header, rows }: PartProps) {
  return (
    <div>
      <h3>{title}</h3>
      <ul className={classes.ratios}>
        {rows.slice(0, 5).map((row) => (
          <li key={row.key}>
            <span>{row.name}</span>
            <span className={classes.track} aria-hidden>
              <span style={{ width: `${(hitRatio(row) ?? 0) * 100}%` }} />
            </span>
            <b>{ratioWords(row)}</b>
          </li>
        ))}
      </ul>
      <ChartTable
        label={`${title}, how the edge answers`}
        fileName={`edge-answers-${header.toLowerCase().replaceAll(' ', '-')}`}
        columns={columnsOf(header)}
        rows={rows}
        rowKey={(row) => row.key}
      />
    </div>
  )
}
