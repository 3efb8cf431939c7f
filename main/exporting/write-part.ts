import { csvHeader, csvLines, type CsvCell } from '#shared/csv.ts'
import type { ExportFormat, ExportPart } from '#shared/exporting.ts'

/** What an export can hold: words, numbers with their unit in the column's name, and lists of words. */
export type ExportValue = string | number | boolean | null | readonly string[]

export interface ExportColumn<Row> {
  readonly name: string
  readonly of: (row: Row) => ExportValue
  /** Left out: in every file. */
  readonly only?: ExportFormat
}

/** Some rows of a list, and where its next ones are read from. */
export interface ExportRows<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** Where a file goes on: whether it has rows already, which a comma in JSON depends on, and the list's own cursor. */
export interface ExportPlace {
  readonly hasRows: boolean
  readonly cursor: string | null
}

const START: ExportPlace = { hasRows: false, cursor: null }

export function readPlace(cursor: string | null): ExportPlace {
  return cursor === null ? START : { hasRows: cursor.startsWith('+'), cursor: cursor.slice(1) }
}

/** The text of one part of the file. The parts of a file in their order are the whole of it. */
export function writePart<Row>(
  format: ExportFormat,
  all: readonly ExportColumn<Row>[],
  place: ExportPlace,
  { rows, next }: ExportRows<Row>,
): ExportPart {
  const columns = all.filter(({ only = format }) => only === format)
  const hasRows = place.hasRows || rows.length > 0
  const isFirst = place.cursor === null
  return {
    text: format === 'csv' ? csvPart(columns, rows, isFirst) : jsonPart(columns, rows, isFirst, place.hasRows, next === null),
    rows: rows.length,
    nextCursor: next === null ? null : `${hasRows ? '+' : '-'}${next}`,
  }
}

function csvPart<Row>(columns: readonly ExportColumn<Row>[], rows: readonly Row[], isFirst: boolean): string {
  const header = isFirst ? csvHeader(columns.map(({ name }) => name)) : ''
  return header + csvLines(rows.map((row) => columns.map(({ of }) => csvCell(of(row)))))
}

function csvCell(value: ExportValue): CsvCell {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value.join(' ')
}

/** An array with one row a line. */
function jsonPart<Row>(
  columns: readonly ExportColumn<Row>[],
  rows: readonly Row[],
  isFirst: boolean,
  hadRows: boolean,
  isLast: boolean,
): string {
  const lines = rows.map((row) => JSON.stringify(Object.fromEntries(columns.map(({ name, of }) => [name, of(row)]))))
  const joint = hadRows && lines.length > 0 ? ',\n' : ''
  return `${isFirst ? '[\n' : ''}${joint}${lines.join(',\n')}${isLast ? '\n]\n' : ''}`
}
