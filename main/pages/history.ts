import type { HISTORY_FACTS, PageChange } from '#shared/pages.ts'
import { AppError } from '#shared/errors.ts'
import type { Query } from '#main/platform/database.ts'
import type { PageHistoryTable } from '#main/platform/schema.ts'

const COLUMNS = {
  status: 'status',
  stored: 'stored',
  copy: 'edge_hash',
  age: 'age_class',
  vantage: 'vantage',
  'served as': 'served_as',
  check: 'failure',
} as const satisfies Record<(typeof HISTORY_FACTS)[number], keyof PageHistoryTable>

const KEPT_MS = 90 * 24 * 60 * 60 * 1_000

/** What the checks of a page found to have changed, the newest first. Throws `NOT_FOUND`. */
export async function readHistory(db: Query, pageId: number, nowMs: number): Promise<PageChange[]> {
  const page = await db.selectFrom('pages').select('id').where('id', '=', pageId).executeTakeFirst()
  if (!page)
    throw new AppError('NOT_FOUND', 'This page is not in the list any more.', { field: 'pageId', fix: 'Load the list again.' })
  const rows = await db
    .selectFrom('page_history')
    .selectAll()
    .where('page_id', '=', pageId)
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return rows
    .filter((row, index) => index === 0 || row.at >= nowMs - KEPT_MS)
    .map((row, index) => {
      const before = rows[index + 1]
      const changes = Object.entries(COLUMNS).flatMap(([fact, column]) => {
        const [from, to] = [textOf(before?.[column]), textOf(row[column])]
        const same = column === 'failure' ? (from === null) === (to === null) : from === to
        return same ? [] : [{ fact: fact as keyof typeof COLUMNS, from, to }]
      })
      return { atMs: row.at, first: before === undefined, changes, ttfbMs: row.ttfb_ms }
    })
}

const textOf = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value)
