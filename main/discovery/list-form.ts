/** How a list is written. */
export interface ListForm {
  readonly kind: 'lines' | 'csv'
  readonly delimiter: string
  readonly hasHeader: boolean
  /** Of the addresses, from 0. */
  readonly column: number
  /** The column's name, for the sentence about a line that is not taken. */
  readonly field: string
}

const NAMES = ['url', 'path', 'address', 'loc', 'page']
const DELIMITERS = [';', '\t', ',']
const LINES: ListForm = { kind: 'lines', delimiter: '', hasHeader: false, column: 0, field: 'url' }

/**
 * Tells a plain list from CSV by its first lines. A header with `url` or `path` decides. Without one it is CSV when every
 * line is cut alike, since an address may have a comma or a semicolon of its own.
 */
export function detectList(sample: readonly string[]): ListForm {
  const [first = ''] = sample
  for (const delimiter of DELIMITERS) {
    const cells = first.split(delimiter).map((cell) => cell.trim().replaceAll('"', '').toLowerCase())
    for (const name of NAMES) {
      const column = cells.indexOf(name)
      if (column !== -1 && (cells.length > 1 || delimiter === ','))
        return { kind: 'csv', delimiter, hasHeader: true, column, field: name }
    }
  }
  for (const delimiter of DELIMITERS) {
    const counts = new Set(sample.map((line) => line.split(delimiter).length))
    const [count = 1] = counts
    if (counts.size === 1 && count > 1 && sample.length > 1)
      return { kind: 'csv', delimiter, hasHeader: !looksLikeAddress(first), column: 0, field: 'url' }
  }
  if (first.startsWith('"')) return { kind: 'csv', delimiter: ',', hasHeader: false, column: 0, field: 'url' }
  return LINES
}

function looksLikeAddress(line: string): boolean {
  return /^"?(\/|https?:\/\/)/i.test(line.trim())
}
