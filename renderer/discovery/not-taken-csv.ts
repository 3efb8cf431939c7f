import type { NotTaken } from '#shared/discovery.ts'
import { csvHeader, csvLines } from '#shared/csv.ts'

/** Lines that were not taken, as a spreadsheet reads them. */
export function csvOf(lines: readonly NotTaken[]): string {
  const rows = lines.map(({ line, field, text, reason, fix }) => [String(line ?? ''), field, text, reason, fix])
  return csvHeader(['line', 'field', 'text', 'reason', 'fix']) + csvLines(rows)
}
