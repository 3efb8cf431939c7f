/** What may stand in a cell; null is empty. */
export type CsvCell = string | number | null

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
const safe = (text: string) => (/^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** Rows as lines of a CSV (RFC 4180), each with its line end. Texts are made safe; numbers are written as they are. */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  return rows
    .map((row) => `${row.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(safe(cell ?? '')))).join(',')}\r\n`)
    .join('')
}

/** The first line of a CSV: names of our own making, which need no quotes. */
export function csvHeader(names: readonly string[]): string {
  return `${names.join(',')}\r\n`
}
