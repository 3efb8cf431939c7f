import type { Raw } from '#main/platform/database.ts'

const DAY_MS = 86_400_000

/**
 * How often a day each page changed, as checks have seen it; pages that did not change are left out. A page's history has
 * few rows, so its time begins with the oldest of them.
 */
export function readChanges(db: Raw, siteId: string, sinceMs: number, nowMs: number): Map<number, number> {
  const rows = db
    .prepare<[string, number], { pageId: number; atMs: number; hash: string }>(
      `SELECT page_history.page_id AS pageId, page_history.at AS atMs, page_history.edge_hash AS hash FROM page_history JOIN pages ON pages.id = page_history.page_id
       WHERE pages.site_id = ? AND page_history.at >= ? AND page_history.edge_hash IS NOT NULL
       ORDER BY page_history.page_id, page_history.id`,
    )
    .iterate(siteId, sinceMs)
  const found = new Map<number, number>()
  let page = { id: -1, firstMs: 0, hash: '', changes: 0 }
  const end = () => {
    if (page.changes > 0) found.set(page.id, page.changes / Math.max(1, (nowMs - page.firstMs) / DAY_MS))
  }
  for (const { pageId, atMs, hash } of rows) {
    if (pageId !== page.id) {
      end()
      page = { id: pageId, firstMs: atMs, hash, changes: 0 }
    } else if (hash !== page.hash) {
      page = { ...page, hash, changes: page.changes + 1 }
    }
  }
  end()
  return found
}
