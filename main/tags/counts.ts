import { sql, type RawBuilder } from 'kysely'
import type { FreshnessWord } from '#shared/http-cache/freshness.ts'
import type { CrowdedPage, TagCounts } from '#shared/tags.ts'
import type { Query } from '#main/platform/database.ts'

/** The freshness word of pages at an instant, as SQL; the pages feature supplies it. */
export type Classification = (nowMs: number) => { readonly word: RawBuilder<FreshnessWord> }

/** These repeat the conditions of the partial indexes, which are only used for the same words. */
const DIFFERING = sql`((pages.renders_on_demand = 1 AND pages.copy_made_at < pages.changed_since)
  OR (pages.observed_at IS NOT NULL AND pages.edge_hash <> pages.origin_hash))`
const WAITING = sql`pages.renders_on_demand = 0 AND ((pages.changed_since IS NOT NULL AND (pages.origin_started_at IS NULL
  OR pages.changed_since > pages.origin_started_at))
  OR (pages.staged_hash IS NOT NULL AND pages.origin_hash IS NOT NULL AND pages.staged_hash <> pages.origin_hash))`

/** With no more pages than this it is quicker to look at each of them than at every old or waiting page of the site. */
const FEW_PAGES = 20_000

/** Old copies, waiting pages and crowded pages of each of these tags, in one query. Tags without any are left out. */
export async function readCounts(
  db: Query,
  word: RawBuilder<FreshnessWord>,
  siteId: string,
  tagIds: readonly number[],
): Promise<TagCounts[]> {
  if (tagIds.length === 0) return []
  const carried = await db
    .selectFrom('tags')
    .select(sql<number>`sum(pages)`.as('pages'))
    .where('id', 'in', tagIds)
    .executeTakeFirst()
  const counted = countsSql(word, siteId, tagIds, (carried?.pages ?? 0) <= FEW_PAGES)
  const rows = await db.selectFrom(counted.as('counted')).select(['tag_id', 'kind', 'count']).execute()
  const byTag = new Map<number, TagCounts>()
  for (const { tag_id, kind, count } of rows) {
    const counts = byTag.get(tag_id) ?? { tagId: tag_id, oldCopies: 0, waiting: 0, crowded: 0 }
    byTag.set(tag_id, { ...counts, [kind]: count })
  }
  return [...byTag.values()]
}

interface Counted {
  readonly tag_id: number
  readonly kind: 'oldCopies' | 'waiting' | 'crowded'
  readonly count: number
}

/** The table behind `readCounts`. `byTags`: goes from the tags to their pages; else from old and waiting pages to tags. */
export function countsSql(
  word: RawBuilder<FreshnessWord>,
  siteId: string,
  tagIds: readonly number[],
  byTags: boolean,
): RawBuilder<Counted> {
  const wanted = sql`page_tags.tag_id IN (${sql.join(tagIds)})`
  // CROSS JOIN keeps SQLite from changing the order.
  const source = byTags
    ? sql`page_tags CROSS JOIN pages ON pages.id = page_tags.page_id`
    : sql`pages CROSS JOIN page_tags ON page_tags.page_id = pages.id`
  const some = (kind: 'oldCopies' | 'waiting', condition: RawBuilder<unknown>, is: FreshnessWord) =>
    sql`SELECT page_tags.tag_id AS tag_id, ${sql.lit(kind)} AS kind, count(*) AS count FROM ${source}
      WHERE ${wanted} AND pages.site_id = ${siteId} AND ${condition} AND ${word} = ${sql.lit(is)} GROUP BY page_tags.tag_id`
  return sql<Counted>`(
    ${some('oldCopies', DIFFERING, 'outdated')} UNION ALL ${some('waiting', WAITING, 'pending')} UNION ALL
    SELECT page_tags.tag_id, 'crowded', count(*) FROM crowded_pages JOIN page_tags ON page_tags.page_id = crowded_pages.page_id
      WHERE ${wanted} GROUP BY page_tags.tag_id)`
}

const CROWDED_SHOWN = 100

/** Pages with a tag (or any id of a class) that have more than 50 tags, the most crowded first. */
export async function readCrowded(db: Query, siteId: string, tag: string): Promise<CrowdedPage[]> {
  const folded = tag.toLowerCase()
  const named = folded.includes(':') ? sql<boolean>`tags.folded = ${folded}` : sql<boolean>`tags.class = ${folded}`
  return (
    db
      .selectFrom('crowded_pages')
      // There are few crowded pages, and CROSS JOIN begins with them.
      .crossJoin('pages')
      .innerJoin('zones', 'zones.id', 'pages.zone_id')
      .select(['pages.id as pageId', 'pages.path', 'zones.host as zoneHost'])
      .select(sql<number>`(SELECT count(*) FROM page_tags WHERE page_tags.page_id = pages.id)`.as('tags'))
      .whereRef('pages.id', '=', 'crowded_pages.page_id')
      .where('pages.site_id', '=', siteId)
      .where(
        sql<boolean>`EXISTS (SELECT 1 FROM page_tags JOIN tags ON tags.id = page_tags.tag_id
        WHERE page_tags.page_id = pages.id AND tags.site_id = ${siteId} AND ${named})`,
      )
      .orderBy(sql`tags`, 'desc')
      .limit(CROWDED_SHOWN)
      .execute()
  )
}
