import { sql, type RawBuilder } from 'kysely'
import type { PageFilter } from '#shared/pages.ts'
import { freshnessSql } from './freshness-sql.ts'

/** Which parts of a filter to leave out: the chips count each word as if no word were chosen. */
type Leave = { readonly freshness?: boolean }

/** The filter as a condition over `pages`, at `nowMs`. Always true for an empty filter but for the site. */
export function filterSql(siteId: string, filter: PageFilter, nowMs: number, leave: Leave = {}): RawBuilder<boolean> {
  const parts = [sql`pages.site_id = ${siteId}`]
  if (filter.text) {
    const found = searchTexts(filter.text).map((text) => sql`instr(lower(pages.path), ${text}) > 0`)
    parts.push(sql`(${sql.join(found, sql` OR `)})`)
  }
  if (filter.zoneIds?.length) parts.push(sql`pages.zone_id IN (${sql.join(filter.zoneIds)})`)
  if (filter.servedAs?.length) parts.push(sql`pages.served_as IN (${sql.join(filter.servedAs)})`)
  if (filter.tag) parts.push(sql`pages.id IN (${pagesWithTagSql(siteId, filter.tag)})`)
  if (filter.changedSinceMs !== undefined) parts.push(sql`pages.copy_changed_at >= ${filter.changedSinceMs}`)
  if (filter.foundSinceMs !== undefined) parts.push(sql`pages.found_at >= ${filter.foundSinceMs}`)
  if (filter.freshness?.length && !leave.freshness) {
    parts.push(sql`${freshnessSql(nowMs).word} IN (${sql.join(filter.freshness)})`)
  }
  return sql<boolean>`${sql.join(parts, sql` AND `)}`
}

/** What to look for in paths, in lower case: a pasted address is its path, and a letter may be stored as it is or percent-encoded. */
export function searchTexts(text: string): string[] {
  const address = /^https?:\/\//i.test(text) ? URL.parse(text) : null
  const wanted = address ? address.pathname + address.search : text.toWellFormed()
  return [...new Set([wanted, encodeURI(wanted)].map((each) => each.toLowerCase()))]
}

/** The tags that a text names, as a condition over `tags`: without an id every id of the class; letter case does not count. */
export function tagsNamedSql(siteId: string, tag: string): RawBuilder<boolean> {
  const folded = tag.toLowerCase()
  const named = folded.includes(':')
    ? sql`tags.folded = ${folded}`
    : sql`(tags.folded = ${folded} OR (tags.folded >= ${`${folded}:`} AND tags.folded < ${`${folded};`}))`
  return sql<boolean>`(tags.site_id = ${siteId} AND ${named})`
}

/** Ids of the pages that carry a tag. */
export function pagesWithTagSql(siteId: string, tag: string): RawBuilder<{ page_id: number }> {
  return sql`SELECT page_tags.page_id FROM tags JOIN page_tags ON page_tags.tag_id = tags.id WHERE ${tagsNamedSql(siteId, tag)}`
}
