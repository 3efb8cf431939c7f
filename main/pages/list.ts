import { sql } from 'kysely'
import type { PageFilter, PageRow, PageSort } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'
import { filterSql } from './filter.ts'
import { selectRows } from './rows.ts'
import { afterSql, decodeCursor, encodeCursor } from './sort.ts'

export interface ListWish {
  readonly siteId: string
  readonly filter: PageFilter
  readonly sort: PageSort
  readonly cursor: string | null
  readonly limit: number
  /** The instant of a list that begins; one that goes on keeps the instant in its cursor. */
  readonly nowMs: number
}

export interface PageList {
  rows: PageRow[]
  nextCursor: string | null
  nowMs: number
}

/** One part of a list, by SQL alone. `columns/list-from.ts` gives the same from memory. Throws `BAD_INPUT`. */
export async function listPages(db: Query, { siteId, filter, sort, cursor, limit, ...wish }: ListWish): Promise<PageList> {
  const from = cursor === null ? null : decodeCursor(sort, cursor)
  const nowMs = from?.nowMs ?? wish.nowMs
  const inFilter = filterSql(siteId, filter, nowMs)
  const where = from ? sql<boolean>`${inFilter} AND ${afterSql(sort, from)}` : inFilter
  const found = await selectRows(db, { where, sort, nowMs, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = found.length > limit && last ? encodeCursor(sort, { value: last.sortedBy, id: last.row.id, nowMs }) : null
  return { rows: shown.map(({ row }) => row), nextCursor, nowMs }
}
