import type { RawBuilder } from 'kysely'
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
  /** A purge of it was completed, its content has not changed since, and nothing was seen of the page after that. */
  readonly purgedUnseen: boolean
  /** Since when its origin has what it has now, as far as that is known: a purge begun earlier may be too early. */
  readonly newSinceMs: number
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
      .select(['pages.purged_at', 'pages.observed_at', 'pages.changed_since', 'pages.origin_started_at'])
      .select([word.as('word'), content.as('content'), time.as('time')])
      .where('pages.id', 'in', pageIds.slice(at, at + CHUNK))
      .execute()
    for (const row of rows) {
      const newSinceMs = Math.max(row.changed_since ?? 0, row.origin_started_at ?? 0)
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
        purgedUnseen: row.purged_at !== null && row.purged_at > (row.observed_at ?? 0) && row.purged_at >= newSinceMs,
        newSinceMs,
      })
    }
  }
  return pageIds.flatMap((id) => byId.get(id) ?? [])
}
