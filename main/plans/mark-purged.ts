import type { Database } from '#main/platform/database.ts'
import type { CheckItem } from './check-item.ts'
import { sharingSites } from './cover/sharing-sites.ts'
import type { Purge } from './purge-rows.ts'

/** An item names no host: its pages are gone from the edge in every zone of the distribution, whichever site they are in. */
export function markPurged(db: Database, purge: Purge, checkItem: CheckItem, nowMs: number): void {
  const { raw } = db
  const sites = JSON.stringify(sharingSites(raw, purge.siteId).map(({ id }) => id))
  const inSites = 'site_id IN (SELECT value FROM json_each(?))'
  const byPath = raw.prepare(`UPDATE pages SET purged_at = ? WHERE ${inSites} AND path = ?`)
  const byId = raw.prepare('UPDATE pages SET purged_at = ? WHERE id = ?')
  const byTag = raw.prepare(`UPDATE pages SET purged_at = ? WHERE id IN (
    SELECT page_tags.page_id FROM tags JOIN page_tags ON page_tags.tag_id = tags.id
    WHERE tags.${inSites} AND tags.folded = ? AND page_tags.in_header = 1)`)
  // What the edge did not have before it does not lose.
  const below = raw.prepare<[string, string, string], { id: number; path: string }>(
    `SELECT id, path FROM pages WHERE ${inSites} AND path >= ? AND path < ? AND (stored = 'stored' OR observed_at IS NULL)`,
  )
  for (const item of purge.items) {
    if (item.startsWith('#')) byTag.run(nowMs, sites, item.slice(1).toLowerCase())
    else if (!item.endsWith('*')) byPath.run(nowMs, sites, item)
    else {
      const begins = item.slice(0, -1)
      // The list may have a character as it is that the item has encoded.
      const sure = begins.replace(/%.*$/, '')
      for (const { id, path } of below.all(sites, sure, `${sure}\u{10FFFF}`)) {
        const checked = checkItem(path)
        if (checked.ok && checked.item.startsWith(begins)) byId.run(nowMs, id)
      }
    }
  }
  // The vendor's spelling of a path need not be the one in our list, and its key may leave the query out.
  const items = new Set(purge.items)
  const planned = raw
    .prepare<[string], { path: string }>(`SELECT DISTINCT path FROM plan_pages
    WHERE plan_id = (SELECT plan_id FROM purges WHERE id = ?) AND decision = 'purge'`)
    .all(purge.id)
  for (const { path } of planned) {
    const checked = checkItem(path)
    if (!checked.ok) continue
    const [bare = ''] = checked.item.split('?', 1)
    const other = checked.item === path && bare === path
    if (!other && (items.has(checked.item) || items.has(bare))) byPath.run(nowMs, sites, path)
  }
}
