import { sql } from 'kysely'
import type { PageFilter } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'
import { filterSql } from './filter.ts'

/** After this instant of the last check (null: among those never checked) and this id. */
interface Place {
  readonly observedAtMs: number | null
  readonly id: number
}

/**
 * The next pages of a filter to check after a place: first those never checked, then those whose check is longest ago. Pages
 * that were checked since `beforeMs` are left out; the filter is read as of that instant.
 */
export async function nextToCheck(
  db: Query,
  siteId: string,
  selection: { readonly filter: PageFilter; readonly exceptPageIds: readonly number[] },
  beforeMs: number,
  after: Place,
  limit: number,
): Promise<readonly Place[]> {
  const pages = () =>
    db
      .selectFrom('pages')
      .select(['id', 'observed_at as observedAtMs'])
      .where(toCheckSql(siteId, selection, beforeMs))
      .where(sql<boolean>`COALESCE(failed_at, 0) < ${beforeMs}`)
      .limit(limit)
  const never =
    after.observedAtMs === null
      ? await pages().where('observed_at', 'is', null).where('id', '>', after.id).orderBy('id').execute()
      : []
  if (never.length > 0) return never
  const from = after.observedAtMs === null ? { observedAtMs: -1, id: 0 } : after
  return pages()
    .where('observed_at', '<', beforeMs)
    .where(sql<boolean>`(observed_at, id) > (${from.observedAtMs}, ${from.id})`)
    .orderBy('observed_at')
    .orderBy('id')
    .execute()
}

/** How many pages a filter has, and for how many no usable copy at the edge is known. */
export async function countToCheck(
  db: Query,
  siteId: string,
  selection: { readonly filter: PageFilter; readonly exceptPageIds: readonly number[] },
  nowMs: number,
): Promise<{ pages: number; renders: number }> {
  return db
    .selectFrom('pages')
    .select([
      sql<number>`count(*)`.as('pages'),
      sql<number>`COALESCE(sum(NOT COALESCE(stored = 'stored' AND fresh_until > ${nowMs} AND (purged_at IS NULL OR purged_at <= observed_at), 0)), 0)`.as(
        'renders',
      ),
    ])
    .where(toCheckSql(siteId, selection, nowMs))
    .executeTakeFirstOrThrow()
}

function toCheckSql(
  siteId: string,
  selection: { readonly filter: PageFilter; readonly exceptPageIds: readonly number[] },
  nowMs: number,
) {
  const inFilter = filterSql(siteId, selection.filter, nowMs)
  if (selection.exceptPageIds.length === 0) return inFilter
  return sql<boolean>`${inFilter} AND pages.id NOT IN (SELECT value FROM json_each(${JSON.stringify(selection.exceptPageIds)}))`
}
