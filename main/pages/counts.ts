import { sql } from 'kysely'
import { FRESHNESS_WORDS, type FreshnessWord } from '#shared/http-cache/freshness.ts'
import { SERVED_AS, type PageCounts, type PageFilter } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'
import { filterSql } from './filter.ts'
import { freshnessSql } from './freshness-sql.ts'

/** How many pages of each word there are; the words of the filter do not limit the count by word. */
export async function countPages(db: Query, siteId: string, filter: PageFilter, nowMs: number): Promise<PageCounts> {
  const { word } = freshnessSql(nowMs)
  const [groups, total] = await Promise.all([
    db
      .selectFrom('pages')
      .select([word.as('word'), 'served_as', sql<number>`count(*)`.as('count')])
      .where(filterSql(siteId, filter, nowMs, { freshness: true }))
      .groupBy(['word', 'served_as'])
      .execute(),
    db
      .selectFrom('pages')
      .select(sql<number>`count(*)`.as('count'))
      .where('site_id', '=', siteId)
      .executeTakeFirstOrThrow(),
  ])
  return toCounts(groups, total.count, filter)
}

/** Adds up groups that match a filter but for its words. */
export function toCounts(
  groups: readonly { readonly word: FreshnessWord; readonly served_as: string; readonly count: number }[],
  total: number,
  filter: PageFilter,
): PageCounts {
  const byWord = Object.fromEntries(FRESHNESS_WORDS.map((name) => [name, 0])) as PageCounts['byWord']
  const byServedAs = Object.fromEntries(SERVED_AS.map((name) => [name, 0])) as PageCounts['byServedAs']
  const wanted = filter.freshness?.length ? new Set(filter.freshness) : null
  let matching = 0
  for (const group of groups) {
    byWord[group.word] += group.count
    if (wanted && !wanted.has(group.word)) continue
    matching += group.count
    const served = SERVED_AS.find((name) => name === group.served_as) ?? 'unknown'
    byServedAs[served] += group.count
  }
  return { total, matching, byWord, byServedAs }
}
