import { sql } from 'kysely'
import type { PageFilter } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'
import { tagsNamedSql } from '../filter.ts'
import type { ListWish, PageList } from '../list.ts'
import { selectRows } from '../rows.ts'
import { decodeCursor, encodeCursor } from '../sort.ts'
import { keepWords, matching, wordsAt } from './matching.ts'
import type { SiteIndex } from './site-index.ts'
import { sortSlots } from './sorting.ts'

/** Found slots and the words of all slots at one instant. Both lie in the index's scratch: use them before the next `await`. */
export interface Found {
  readonly found: Uint8Array
  readonly words: Uint8Array
}

/** The slots that match a filter. `anyWord`: the filter's words do not count. */
export async function findSlots(index: SiteIndex, db: Query, filter: PageFilter, nowMs: number, anyWord = false): Promise<Found> {
  const tagIds = filter.tag ? await tagsNamed(db, index.siteId, filter.tag) : null
  const { changedSinceMs, foundSinceMs } = filter
  const since = [
    ...(changedSinceMs === undefined ? [] : [await slotsSince(index, db, 'copy_changed_at', changedSinceMs)]),
    ...(foundSinceMs === undefined ? [] : [await slotsSince(index, db, 'found_at', foundSinceMs)]),
  ]
  const found = matching(index, filter, tagIds)
  for (const these of since)
    for (let slot = 0; slot < found.length; slot += 1) found[slot] = (found[slot] ?? 0) & (these[slot] ?? 0)
  const words = wordsAt(index, nowMs)
  if (filter.freshness?.length && !anyWord) keepWords(found, words, filter.freshness)
  return { found, words }
}

/** One part of a list: chosen in memory, then read from the database. The same as `listPages` gives. */
export async function listFrom(
  index: SiteIndex,
  db: Query,
  { filter, sort, cursor, limit, ...wish }: ListWish,
): Promise<PageList> {
  const from = cursor === null ? null : decodeCursor(sort, cursor)
  const nowMs = from?.nowMs ?? wish.nowMs
  const { found, words } = await findSlots(index, db, filter, nowMs)
  const { slots, valueOf } = sortSlots(index, found, words, sort, from, limit + 1)
  const idOf = (slot: number) => index.columns.ids[slot] ?? 0
  const shown = slots.slice(0, limit)
  const last = slots.length > limit ? shown.at(-1) : undefined
  const nextCursor = last === undefined ? null : encodeCursor(sort, { value: valueOf(last), id: idOf(last), nowMs })
  const rows = await selectRows(db, {
    where:
      shown.length === 0 ? sql<boolean>`0` : sql<boolean>`pages.id IN (${sql.join(shown.map((slot) => sql.lit(idOf(slot))))})`,
    sort: { by: 'path', descending: false },
    nowMs,
    limit,
  })
  const byId = new Map(rows.map(({ row }) => [row.id, row]))
  return { rows: shown.flatMap((slot) => byId.get(idOf(slot)) ?? []), nextCursor, nowMs }
}

async function tagsNamed(db: Query, siteId: string, tag: string): Promise<number[]> {
  const rows = await db.selectFrom('tags').select('id').where(tagsNamedSql(siteId, tag)).execute()
  return rows.map(({ id }) => id)
}

/** 1 for every slot of which this happened since then. An index of the database knows them. */
async function slotsSince(
  index: SiteIndex,
  db: Query,
  column: 'copy_changed_at' | 'found_at',
  sinceMs: number,
): Promise<Uint8Array> {
  const rows = await db
    .selectFrom('pages')
    .select('id')
    .where('site_id', '=', index.siteId)
    .where(column, '>=', sinceMs)
    .execute()
  const changed = new Uint8Array(index.count)
  for (const { id } of rows) {
    const slot = index.columns.slotOf(id)
    if (slot !== -1) changed[slot] = 1
  }
  return changed
}
