/** Most of what one paste may hold. */
export const CHARACTERS_AT_MOST = 2_000_000

/** The addresses or paths of a text or CSV file, one a line: of each row its first cell that looks like one. */
export function linesOfFile(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((row) => {
      const cells = row.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
      return cells.find((cell) => /^(https?:\/\/|\/)/i.test(cell)) ?? (cells.length === 1 ? cells[0] : '')
    })
  return lines.filter((line) => line !== undefined && line !== '').join('\n')
}
