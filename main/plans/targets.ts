import { sql, type RawBuilder } from 'kysely'
import type { ContentFact, FreshnessWord, TimeFact } from '#shared/http-cache/freshness.ts'
import type { Query } from '#main/platform/database.ts'

/** A page a plan is about, as it stands now. */
export interface Target {
  readonly pageId: number
  readonly zoneId: number
  readonly zoneHost: string
  readonly path: string
  readonly word: FreshnessWord
  readonly content: ContentFact
  /** The edge holds a copy that it would give to a visitor without asking. */
  readonly held: boolean
  readonly edgeHash: string | null
  readonly originHash: string | null
  /** A renderer keeps it: a refresh makes it new, and no build does. */
  readonly rendered: boolean
  /** Why its last refresh failed; null when it did not. */
  readonly refreshFailure: string | null
}

/** The classification of pages at an instant; the pages feature supplies it. */
export type Classification = (nowMs: number) => {
  readonly word: RawBuilder<FreshnessWord>
  readonly content: RawBuilder<ContentFact>
  readonly time: RawBuilder<TimeFact | null>
}

const CHUNK = 5_000

/** Targets in the order of the ids. */
export async function readTargets(
  db: Query,
  classify: Classification,
  pageIds: readonly number[],
  nowMs: number,
): Promise<Target[]> {
  const { word, content, time } = classify(nowMs)
  const byId = new Map<number, Target>()
  for (let at = 0; at < pageIds.length; at += CHUNK) {
    const rows = await db
      .selectFrom('pages')
      .innerJoin('zones', 'zones.id', 'pages.zone_id')
      .leftJoin('page_entries', 'page_entries.page_id', 'pages.id')
      .select(['pages.id', 'pages.zone_id', 'zones.host', 'pages.path', 'pages.edge_hash', 'pages.origin_hash'])
      .select(['pages.origin_basis', 'page_entries.failure as refresh_failure'])
      .select([word.as('word'), content.as('content'), time.as('time')])
      .where('pages.id', 'in', pageIds.slice(at, at + CHUNK))
      .execute()
    for (const row of rows) {
      byId.set(row.id, {
        pageId: row.id,
        zoneId: row.zone_id,
        zoneHost: row.host,
        path: row.path,
        word: row.word,
        content: row.content,
        held: row.time === 'in-date' || row.time === 'stale-allowed',
        edgeHash: row.edge_hash,
        originHash: row.origin_hash,
        rendered: row.origin_basis === 'renderer',
        refreshFailure: row.refresh_failure,
      })
    }
  }
  return pageIds.flatMap((id) => byId.get(id) ?? [])
}

/** Which pages of the site an item would purge, and whether the edge holds them. */
export interface Reach {
  /** Pages with this path in any zone. */
  samePath(paths: readonly string[]): Promise<Map<string, { pageId: number; held: boolean }[]>>
  /** Tags that the edge stored from its header, of these pages: tag → pages. */
  tagsOf(pageIds: readonly number[]): Promise<Map<string, number[]>>
  /** All pages for which the edge stored this tag. */
  withTag(tag: string): Promise<{ pageId: number; held: boolean }[]>
}

export function createReach(db: Query, classify: Classification, siteId: string, nowMs: number): Reach {
  const held = sql<number>`(${classify(nowMs).time}) IN ('in-date', 'stale-allowed')`
  return {
    async samePath(paths) {
      const found = new Map<string, { pageId: number; held: boolean }[]>()
      for (let at = 0; at < paths.length; at += CHUNK) {
        const rows = await db
          .selectFrom('pages')
          .select(['id', 'path', held.as('held')])
          .where('site_id', '=', siteId)
          .where('path', 'in', paths.slice(at, at + CHUNK))
          .execute()
        for (const row of rows) {
          const list = found.get(row.path) ?? []
          list.push({ pageId: row.id, held: row.held === 1 })
          found.set(row.path, list)
        }
      }
      return found
    },
    async tagsOf(pageIds) {
      const found = new Map<string, number[]>()
      for (let at = 0; at < pageIds.length; at += CHUNK) {
        const rows = await db
          .selectFrom('page_tags')
          .innerJoin('tags', 'tags.id', 'page_tags.tag_id')
          .select(['tags.tag', 'page_tags.page_id'])
          .where('page_tags.in_header', '=', 1)
          .where('page_tags.page_id', 'in', pageIds.slice(at, at + CHUNK))
          .execute()
        for (const row of rows) {
          const list = found.get(row.tag)
          if (list) list.push(row.page_id)
          else found.set(row.tag, [row.page_id])
        }
      }
      return found
    },
    async withTag(tag) {
      const rows = await db
        .selectFrom('tags')
        .innerJoin('page_tags', 'page_tags.tag_id', 'tags.id')
        .innerJoin('pages', 'pages.id', 'page_tags.page_id')
        .select(['pages.id', held.as('held')])
        .where('tags.site_id', '=', siteId)
        .where('tags.folded', '=', tag.toLowerCase())
        .where('page_tags.in_header', '=', 1)
        .execute()
      return rows.map((row) => ({ pageId: row.id, held: row.held === 1 }))
    },
  }
}
