import { sql, type RawBuilder } from 'kysely'
import type { ContentFact, FreshnessWord } from '#shared/http-cache/freshness.ts'
import type { Query } from '#main/platform/database.ts'

/** Pages that are alike in what the first screen tells. */
export interface PageGroup {
  readonly word: FreshnessWord
  readonly proven: boolean
  readonly vantage: string | null
  readonly pages: number
}

/** The pages feature's words as SQL over `pages`. */
export type Classified = { readonly word: RawBuilder<FreshnessWord>; readonly content: RawBuilder<ContentFact> }

/** Looks at every page of a site: not for the core thread. */
export async function groupPages(db: Query, { word, content }: Classified, siteId: string): Promise<PageGroup[]> {
  const rows = await db
    .selectFrom('pages')
    .select([word.as('word'), sql<number>`${content} = 'current'`.as('proven'), 'vantage', sql<number>`count(*)`.as('pages')])
    .where('site_id', '=', siteId)
    .groupBy(['word', 'proven', 'vantage'])
    .execute()
  return rows.map((row) => ({ ...row, proven: row.proven === 1 }))
}

/** Repeats the condition of the index of waiting pages, which is only used for the same words. */
const WAITING = sql<boolean>`pages.renders_on_demand = 0 AND ((pages.changed_since IS NOT NULL AND (pages.origin_started_at IS NULL
  OR pages.changed_since > pages.origin_started_at))
  OR (pages.staged_hash IS NOT NULL AND pages.origin_hash IS NOT NULL AND pages.staged_hash <> pages.origin_hash))`

/**
 * Marks of which at least one page's origin is older than the change. Asked from the pages that wait: a site has many old
 * marks and few pages that still wait for one.
 */
export async function countChangesWaiting(db: Query, siteId: string): Promise<number> {
  const row = await db
    .selectFrom('pages')
    .innerJoin('mark_pages', 'mark_pages.page_id', 'pages.id')
    .innerJoin('marks', 'marks.id', 'mark_pages.mark_id')
    .select(sql<number>`count(DISTINCT marks.id)`.as('count'))
    .where('pages.site_id', '=', siteId)
    .where(WAITING)
    .where('marks.undone_at', 'is', null)
    .where(
      sql<boolean>`pages.changed_since > COALESCE(pages.origin_started_at, 0) AND marks.since > COALESCE(pages.origin_started_at, 0)`,
    )
    .executeTakeFirstOrThrow()
  return row.count
}
