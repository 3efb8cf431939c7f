import type { NotTaken } from '#shared/discovery.ts'
import { csvText } from '#renderer/lib/csv.ts'

/** Lines that were not taken, as a spreadsheet reads them. */
export function csvOf(lines: readonly NotTaken[]): string {
  return csvText(
    ['line', 'field', 'text', 'reason', 'fix'],
    lines.map(({ line, field, text, reason, fix }) => [String(line ?? ''), field, text, reason, fix]),
  )
}
