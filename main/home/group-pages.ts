import { sql, type RawBuilder } from 'kysely'
import type { ContentFact, FreshnessWord } from '#shared/http-cache/freshness.ts'
import type { Query } from '#main/platform/database.ts'

export interface GroupWorld {
  readonly query: Query
  /** The pages feature's words as SQL over `pages`. */
  classify(nowMs: number): { readonly word: RawBuilder<FreshnessWord>; readonly content: RawBuilder<ContentFact> }
}

/** A site's pages by word, by whether they were compared with the origin, and by the edge location that they were seen from. */
export function groupPages({ query, classify }: GroupWorld, siteId: string, nowMs: number) {
  const { word, content } = classify(nowMs)
  return query
    .selectFrom('pages')
    .select([word.as('word'), sql<number>`${content} = 'current'`.as('proven'), 'vantage', sql<number>`count(*)`.as('pages')])
    .where('site_id', '=', siteId)
    .groupBy(['word', 'proven', 'vantage'])
    .execute()
}
