import { sql } from 'kysely'
import type { Query } from '#main/platform/database.ts'

/** Pages of these for which no usable edge copy is known, so that a check may make the origin answer. */
export async function countRenders(db: Query, pageIds: readonly number[], nowMs: number): Promise<number> {
  let renders = 0
  for (let at = 0; at < pageIds.length; at += 5_000) {
    const row = await db
      .selectFrom('pages')
      .select(sql<number>`count(*)`.as('count'))
      .where('id', 'in', pageIds.slice(at, at + 5_000))
      .where(
        sql<boolean>`NOT COALESCE(stored = 'stored' AND fresh_until > ${nowMs} AND (purged_at IS NULL OR purged_at <= observed_at), 0)`,
      )
      .executeTakeFirstOrThrow()
    renders += row.count
  }
  return renders
}
