import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { csvLines } from '#shared/csv.ts'
import { saveFile } from '#renderer/lib/save-file.ts'
import classes from './chart-table.module.css'
import { Disclosure } from './disclosure.tsx'
import { PlainTable, type PlainColumn } from './plain-table.tsx'

export interface ChartColumn<Row> extends Omit<PlainColumn<Row>, 'cell'> {
  /** As a person reads it. */
  readonly cell: (row: Row) => string
  /** As a spreadsheet does: a plain number, an instant in ISO 8601; null: not known. */
  readonly value: (row: Row) => string | number | null
  /** The heading in a spreadsheet, where its unit differs from the one on screen. */
  readonly csvHeader?: string
}

interface ChartTableProps<Row> {
  readonly label: string
  /** Of the file, without its ending. */
  readonly fileName: string
  readonly columns: readonly ChartColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
}

/** The table behind a chart: the same numbers, on demand, and as a file. */
export function ChartTable<Row>({ label, fileName, columns, rows, rowKey }: ChartTableProps<Row>) {
  const save = () => {
    const header = columns.map((column) => column.csvHeader ?? column.header)
    const values = rows.map((row) => columns.map((column) => column.value(row)))
    saveFile(`${fileName}.csv`, 'text/csv', csvLines([header, ...values]))
  }
  return (
    <Disclosure label="Show as a table">
      {/* What scrolls is reached by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.table} role="group" aria-label={label} tabIndex={0}>
        <PlainTable label={label} columns={columns} rows={rows} rowKey={rowKey} inScroller />
      </div>
      <Button variant="subtle" className={classes.save ?? ''} leftSection={<IconDownload size={14} aria-hidden />} onClick={save}>
        Save as CSV
      </Button>
    </Disclosure>
  )
}
