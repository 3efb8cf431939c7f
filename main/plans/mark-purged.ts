import type { Database } from '#main/platform/database.ts'
import type { CheckItem } from './check-item.ts'
import { coverageOf } from './coverage.ts'
import type { Purge } from './purge-rows.ts'

/** An item names no host: its pages are gone from the edge in every zone of the distribution. */
export function markPurged(db: Database, purge: Purge, checkItem: CheckItem, nowMs: number): void {
  const byPath = db.raw.prepare('UPDATE pages SET purged_at = ? WHERE site_id = ? AND path = ?')
  const byTag = db.raw.prepare(`UPDATE pages SET purged_at = ? WHERE id IN (
    SELECT page_tags.page_id FROM tags JOIN page_tags ON page_tags.tag_id = tags.id
    WHERE tags.site_id = ? AND tags.folded = ? AND page_tags.in_header = 1)`)
  for (const item of purge.items) {
    if (item.startsWith('#')) byTag.run(nowMs, purge.siteId, item.slice(1).toLowerCase())
    else byPath.run(nowMs, purge.siteId, item)
  }
  // The vendor's spelling of a path need not be the one in our list, and an item may stand for many pages.
  const goes = coverageOf(purge.items)
  const named = new Set(purge.items)
  const planned = db.raw
    .prepare<[string], { path: string }>(`SELECT DISTINCT path FROM plan_pages
    WHERE plan_id = (SELECT plan_id FROM purges WHERE id = ?) AND decision = 'purge'`)
    .all(purge.id)
  for (const { path } of planned) {
    const checked = checkItem(path)
    if (checked.ok && !named.has(path) && goes(checked.item)) byPath.run(nowMs, purge.siteId, path)
  }
}
