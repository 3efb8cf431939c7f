import type { Database } from '#main/platform/database.ts'
import type { CheckItem } from './check-item.ts'
import { sharingSites } from './cover/sharing-sites.ts'
import type { Purge } from './purge-rows.ts'

/** Paths that are marked at once: others wait meanwhile. */
const PATHS_AT_ONCE = 5_000
const IN_SITES = 'site_id IN (SELECT value FROM json_each(?))'

/** Sites of the distribution: an item names no host, so its pages are gone in every zone, whichever site they are in. */
const sitesOf = (db: Database, purge: Purge) => JSON.stringify(sharingSites(db.raw, purge.siteId).map(({ id }) => id))

/** Pages that paths and tags of a purge name are gone from the edge since `atMs`. Beginnings: see `markBelow`. */
export function markPurged(db: Database, purge: Purge, checkItem: CheckItem, atMs: number): void {
  const { raw } = db
  const sites = sitesOf(db, purge)
  const byPath = raw.prepare(`UPDATE pages SET purged_at = ? WHERE ${IN_SITES} AND path = ?`)
  const byTag = raw.prepare(`UPDATE pages SET purged_at = ? WHERE id IN (
    SELECT page_tags.page_id FROM tags JOIN page_tags ON page_tags.tag_id = tags.id
    WHERE tags.${IN_SITES} AND tags.folded = ? AND page_tags.in_header = 1)`)
  for (const item of purge.items) {
    if (item.startsWith('#')) byTag.run(atMs, sites, item.slice(1).toLowerCase())
    else if (!item.endsWith('*')) byPath.run(atMs, sites, item)
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
    if (!other && (items.has(checked.item) || items.has(bare))) byPath.run(atMs, sites, path)
  }
}

/** The same for all that begins as an item says, which may be every page of a site. May be repeated. */
export async function markBelow(db: Database, purge: Purge, checkItem: CheckItem, atMs: number): Promise<void> {
  const sites = sitesOf(db, purge)
  // What the edge did not have before it does not lose.
  const some = db.raw.prepare<[string, string, string, number], { id: number; path: string }>(
    `SELECT id, path FROM pages WHERE ${IN_SITES} AND path >= ? AND path < ? AND (stored = 'stored' OR observed_at IS NULL)
       AND COALESCE(purged_at, 0) < ? ORDER BY path LIMIT ${PATHS_AT_ONCE}`,
  )
  const mark = db.raw.prepare('UPDATE pages SET purged_at = ? WHERE id IN (SELECT value FROM json_each(?))')
  for (const item of purge.items) {
    if (!item.endsWith('*') || item.startsWith('#')) continue
    const begins = item.slice(0, -1)
    // The list may have a character as it is that the item has encoded.
    const sure = begins.replace(/%.*$/, '')
    // No path has a character after this one.
    const last = `${sure}\u{10FFFF}`
    for (let from = sure; ;) {
      const pages = some.all(sites, from, last, atMs)
      const gone = pages.filter(({ path }) => {
        const checked = checkItem(path)
        return checked.ok && checked.item.startsWith(begins)
      })
      mark.run(atMs, JSON.stringify(gone.map(({ id }) => id)))
      const next = pages.at(-1)
      if (next === undefined || pages.length < PATHS_AT_ONCE) break
      // A path may be in several zones; those that are marked already are not read again.
      from = gone.some(({ path }) => path === next.path) || next.path !== from ? next.path : `${next.path}\0`
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
