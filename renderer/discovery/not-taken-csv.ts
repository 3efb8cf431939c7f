import type { NotTaken } from '#shared/discovery.ts'

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
const safe = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** Lines that were not taken, as a spreadsheet reads them. */
export function csvOf(lines: readonly NotTaken[]): string {
  const rows = lines.map(({ line, field, text, reason, fix }) =>
    [String(line ?? ''), field, safe(text), reason, fix].map(quoted).join(','),
  )
  return ['line,field,text,reason,fix', ...rows, ''].join('\r\n')
}
