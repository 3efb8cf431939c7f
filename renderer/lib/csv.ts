import { saveFile } from './save-file.ts'

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
const safe = (text: string) => (/^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** Rows as a spreadsheet reads them (RFC 4180). Texts are made safe; numbers are written as they are; null is empty. */
export function csvText(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const lines = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(safe(cell ?? '')))).join(','),
  )
  return [header.join(','), ...lines, ''].join('\r\n')
}

/** Hands a CSV to the person as a file. */
export function saveCsv(name: string, text: string): void {
  saveFile(name, 'text/csv', text)
}
