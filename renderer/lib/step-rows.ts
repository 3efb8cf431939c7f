const ROWS = 'main tbody tr, main [role="table"] [role="rowgroup"] + [role="rowgroup"] [role="row"]'

const opener = (row: Element) =>
  row.querySelector<HTMLElement>('a[href], button:not(:disabled, [aria-expanded])') ?? row.querySelector<HTMLElement>('button')

/** Moves the focus to what opens the next row of the screen's lists (1), or the one before (-1): then Enter opens it. */
export function stepRows(by: 1 | -1): void {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => opener(row) !== null)
  const from = rows.findIndex((row) => row.contains(document.activeElement))
  const to = from === -1 ? (by === 1 ? 0 : rows.length - 1) : from + by
  const row = rows[to]
  const opens = row && opener(row)
  opens?.focus({ preventScroll: true })
  opens?.scrollIntoView({ block: 'nearest' })
}
