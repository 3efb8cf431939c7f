import { sql } from 'kysely'
import type { RefillOfAll } from '#shared/new-purge.ts'
import type { Query } from '#main/platform/database.ts'
import type { Classification } from './targets.ts'

/**
 * What it takes to fill the edge again after everything was purged. Counts every page of the site, so it does not run on the
 * core thread. Durations are those that the renderer and our own checks have measured.
 */
export async function refillOfEverything(
  { query, classify }: { readonly query: Query; readonly classify: Classification },
  { siteId, nowMs }: { readonly siteId: string; readonly nowMs: number },
): Promise<RefillOfAll> {
  const held = sql<boolean>`(${classify(nowMs).time}) IN ('in-date', 'stale-allowed')`
  const rendered = sql<boolean>`(origin_basis = 'renderer' OR served_as IN ('rendered', 'fallback'))`
  const missed = sql<number>`CASE WHEN filled_by_check = 1 THEN ttfb_ms END`
  const counted = await query
    .selectFrom('pages')
    .select([
      sql<number>`count(*)`.as('pages'),
      sql<number>`COALESCE(sum(${held}), 0)`.as('cold'),
      sql<number>`COALESCE(sum(${held} AND ${rendered}), 0)`.as('renders'),
      sql<number | null>`avg(${missed})`.as('waitMs'),
      sql<number | null>`max(${missed})`.as('longestWaitMs'),
    ])
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  const entries = await query
    .selectFrom('page_entries')
    .select(sql<number | null>`avg(duration_ms)`.as('renderMs'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  return { ...counted, renderMs: entries.renderMs }
}
