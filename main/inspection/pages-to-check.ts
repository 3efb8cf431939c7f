import type { Raw } from '#main/platform/database.ts'
import type { Before } from './confirmed-copy.ts'
import { conditionOf } from './confirmed-copy.ts'
import type { PageToCheck } from './inspect-page.ts'

interface Row {
  readonly id: number
  readonly path: string
  readonly url: string
  readonly basis: string | null
  readonly edge_hash: string | null
  readonly size_bytes: number | null
  readonly headers_json: string | null
  readonly holds: number
}

/**
 * Reads pages of a site as they are to be checked; those that are gone are left out. What was seen of a copy holds until the page is purged; an answer other
 * than 200 is asked for anew each time.
 */
export function createPageReader(db: Raw, siteId: string): (ids: readonly number[]) => PageToCheck[] {
  const select = db.prepare<[number, string], Row>(
    `SELECT pages.id, pages.path, zones.url, pages.origin_basis AS basis, edge_hash, size_bytes, headers_json,
       COALESCE(status = 200 AND stored = 'stored' AND (purged_at IS NULL OR purged_at <= observed_at), 0) AS holds
     FROM pages JOIN zones ON zones.id = pages.zone_id WHERE pages.id = ? AND pages.site_id = ?`,
  )
  // In one transaction, so that what another thread writes meanwhile does not empty the cache for each page anew.
  const rows = db.transaction((ids: readonly number[]) => ids.map((id) => select.get(id, siteId)))
  return (ids) =>
    rows(ids).flatMap((row) =>
      row
        ? [
            {
              id: row.id,
              url: row.url + row.path,
              path: row.path,
              originKnown: row.basis === 'manifest' || row.basis === 'renderer',
              before: beforeOf(row),
            },
          ]
        : [],
    )
}

function beforeOf(row: Row): Before | null {
  if (row.edge_hash === null) return null
  const headers = row.headers_json === null ? [] : (JSON.parse(row.headers_json) as [string, string][])
  const holds = row.holds === 1 && row.size_bytes !== null
  return {
    edgeHash: row.edge_hash,
    sizeBytes: row.size_bytes ?? 0,
    headers,
    condition: holds ? conditionOf(headers) : null,
  }
}
