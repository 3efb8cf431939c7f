import type { Database } from '#main/platform/database.ts'
import type { CheckItem } from './check-item.ts'
import type { Purge } from './purge-queue.ts'

/** Paths that one statement marks: others wait meanwhile. */
const PATHS_AT_ONCE = 5_000

/** An item names no host: its pages are gone from the edge in every zone of the distribution. */
export function markPurged(db: Database, purge: Purge, checkItem: CheckItem, atMs: number): void {
  const byPath = db.raw.prepare('UPDATE pages SET purged_at = ? WHERE site_id = ? AND path = ?')
  const byTag = db.raw.prepare(`UPDATE pages SET purged_at = ? WHERE id IN (
    SELECT page_tags.page_id FROM tags JOIN page_tags ON page_tags.tag_id = tags.id
    WHERE tags.site_id = ? AND tags.folded = ? AND page_tags.in_header = 1)`)
  for (const item of purge.items) {
    if (item.startsWith('#')) byTag.run(atMs, purge.siteId, item.slice(1).toLowerCase())
    else if (!item.endsWith('*')) byPath.run(atMs, purge.siteId, item)
  }
  // The vendor's spelling of a path need not be the one in our list.
  const items = new Set(purge.items)
  const planned = db.raw
    .prepare<[string], { path: string }>(`SELECT DISTINCT path FROM plan_pages
    WHERE plan_id = (SELECT plan_id FROM purges WHERE id = ?) AND decision = 'purge'`)
    .all(purge.id)
  for (const { path } of planned) {
    const checked = checkItem(path)
    if (checked.ok && checked.item !== path && items.has(checked.item)) byPath.run(atMs, purge.siteId, path)
  }
}

/** The same for all that begins so, which may be every page of a site. May be repeated. */
export async function markBelow(db: Database, purge: Purge, atMs: number): Promise<void> {
  const ends = db.raw
    .prepare<[string, string, string], string>(
      `SELECT path FROM pages WHERE site_id = ? AND path > ? AND path < ? ORDER BY path LIMIT 1 OFFSET ${PATHS_AT_ONCE - 1}`,
    )
    .pluck()
  const mark = db.raw.prepare(
    `UPDATE pages SET purged_at = @atMs WHERE site_id = @siteId AND path >= @from AND path < @to
    AND stored = 'stored' AND COALESCE(purged_at, 0) < @atMs`,
  )
  for (const item of purge.items) {
    if (!item.endsWith('*') || item.startsWith('#')) continue
    const beginning = item.slice(0, -1)
    // No path has a character after this one.
    const last = `${beginning}\u{10FFFF}`
    for (let from = beginning; ;) {
      const to = ends.get(purge.siteId, from, last)
      mark.run({ atMs, siteId: purge.siteId, from, to: to ?? last })
      if (to === undefined) break
      from = to
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
