import * as z from 'zod'
import type { PageEntry } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'

/** A page with its place at the renderer. */
export interface EntryPlace {
  readonly pageId: number
  readonly siteId: string
  readonly host: string
  readonly path: string
}

const CHUNK = 5_000
const Tags = z.array(z.string())

export async function readPlaces(db: Query, pageIds: readonly number[]): Promise<EntryPlace[]> {
  const places: EntryPlace[] = []
  for (let at = 0; at < pageIds.length; at += CHUNK) {
    const rows = await db
      .selectFrom('pages')
      .innerJoin('zones', 'zones.id', 'pages.zone_id')
      .select(['pages.id as pageId', 'pages.site_id as siteId', 'zones.host', 'pages.path'])
      .where('pages.id', 'in', pageIds.slice(at, at + CHUNK))
      .orderBy('pages.id')
      .execute()
    places.push(...rows)
  }
  return places
}

/** What the renderer was last seen to keep of a page; null when it is not known to keep anything. */
export async function readEntry(db: Query, pageId: number): Promise<PageEntry | null> {
  const row = await db.selectFrom('page_entries').selectAll().where('page_id', '=', pageId).executeTakeFirst()
  if (!row) return null
  return {
    hash: row.content_hash,
    sizeBytes: row.size_bytes,
    tags: Tags.parse(JSON.parse(row.tags_json)),
    refreshedAtMs: row.refreshed_at,
    durationMs: row.duration_ms,
    expiresAtMs: row.expires_at,
    markedAtMs: row.marked_at,
    refreshing: row.refreshing === 1,
    failedAtMs: row.failed_at,
    failure: row.failure,
    checkedAgainAtMs: row.checked_again_at,
  }
}
