import { sql } from 'kysely'
import type { TagRow } from '#shared/tags.ts'
import type { Query } from '#main/platform/database.ts'

/** Tags of a site whose text contains `text`, the most used first. */
export async function readTags(db: Query, siteId: string, text: string, limit: number): Promise<TagRow[]> {
  let found = db
    .selectFrom('tags')
    .innerJoin('page_tags', 'page_tags.tag_id', 'tags.id')
    .select(['tags.tag', sql<number>`count(*)`.as('pages'), sql<number>`sum(page_tags.in_header)`.as('headerPages')])
    .where('tags.site_id', '=', siteId)
  if (text !== '') found = found.where(sql<boolean>`instr(tags.folded, ${text.toLowerCase()}) > 0`)
  return found
    .groupBy('tags.id')
    .orderBy(sql`pages`, 'desc')
    .orderBy('tags.folded')
    .limit(limit)
    .execute()
}
