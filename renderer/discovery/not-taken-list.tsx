import { Button, CopyButton } from '@mantine/core'
import type { NotTaken } from '#shared/discovery.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { csvOf } from './not-taken-csv.ts'
import classes from './discovery.module.css'

interface NotTakenListProps {
  /** The first of them. */
  readonly lines: readonly NotTaken[]
  readonly count: number
}

const SHOWN = 100

const COLUMNS: readonly PlainColumn<NotTaken & { readonly at: number }>[] = [
  { key: 'line', header: 'Line', width: 70, align: 'right', cell: (row) => (row.line === null ? '' : formatCount(row.line)) },
  { key: 'text', header: 'What it says', cell: (row) => <code className={classes.said}>{row.text}</code> },
  {
    key: 'why',
    header: 'Why, and what to do',
    cell: (row) => (
      <>
        {row.reason} <span className={classes.quiet}>{row.fix}</span>
      </>
    ),
  },
]

/** What could not be taken and how to make it so, to be corrected elsewhere. */
export function NotTakenList({ lines, count }: NotTakenListProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([csvOf(lines)], { type: 'text/csv' }))
    const link = document.createElement('a')
    link.href = url
    link.download = 'not-taken.csv'
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <section aria-label="Not taken" className={classes.notTaken}>
      <div className={classes.notTakenHead}>
        <span>
          {countOf(count, 'line')} not taken
          {count > Math.min(SHOWN, lines.length) && `, the first ${formatCount(Math.min(SHOWN, lines.length))} shown`}
        </span>
        <CopyButton value={csvOf(lines)}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button size="compact-xs" variant="default" onClick={save}>
          Save as CSV
        </Button>
      </div>
      <div className={classes.scroll}>
        <PlainTable
          label="Lines that were not taken"
          rows={lines.slice(0, SHOWN).map((line, at) => ({ ...line, at }))}
          rowKey={(row) => row.at}
          columns={COLUMNS}
        />
      </div>
    </section>
  )
}
