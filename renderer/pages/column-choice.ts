import * as z from 'zod'
import { PAGE_COLUMNS, type PageColumn } from '#shared/page-views.ts'
import { remember, remembered } from '#renderer/lib/remembered.ts'

/** Shown when nobody chose, as far as there is room. */
export const USUAL_COLUMNS: readonly PageColumn[] = ['freshness', 'timeLeft', 'servedAs', 'tags', 'checked', 'ttfb']

export const COLUMN_NAMES: Record<PageColumn, string> = {
  freshness: 'Freshness',
  timeLeft: 'Time left',
  servedAs: 'Served as',
  tags: 'Tags',
  checked: 'Last checked',
  ttfb: 'First byte',
  status: 'Status',
  copyMade: 'Copy made',
  waitsFor: 'Waits for',
}

/** With a column added at the end or taken away. */
export function withColumn(columns: readonly PageColumn[], column: PageColumn, shown: boolean): PageColumn[] {
  const others = columns.filter((other) => other !== column)
  return shown ? [...others, column] : others
}

/** With a column a place further to the left (-1) or right (1); as it was at an end. */
export function withMoved(columns: readonly PageColumn[], column: PageColumn, by: -1 | 1): PageColumn[] {
  const from = columns.indexOf(column)
  const to = from + by
  if (from === -1 || to < 0 || to >= columns.length) return [...columns]
  return columns.toSpliced(from, 1).toSpliced(to, 0, column)
}

const CHOSEN = 'page-columns'
const WIDTHS = 'page-column-widths'

/** What was chosen last in this browser; null: the usual ones. */
export function rememberedColumns(): readonly PageColumn[] | null {
  return remembered(CHOSEN, z.array(z.enum(PAGE_COLUMNS)).nullable())
}

export function rememberColumns(columns: readonly PageColumn[] | null): void {
  remember(CHOSEN, columns)
}

/** Widths in pixels of the columns that somebody has drawn wider or narrower. */
export type ColumnWidths = Readonly<Record<string, number>>

export function rememberedWidths(): ColumnWidths {
  return remembered(WIDTHS, z.record(z.string(), z.number().min(40).max(1_200))) ?? {}
}

export function rememberWidths(widths: ColumnWidths): void {
  remember(WIDTHS, widths)
}
