import * as z from 'zod'
import { routeOf } from '#shared/advice.ts'
import type { Raw } from '#main/platform/database.ts'

/** Items that were sent since an instant, by what they were for: `route /lists/*`, `tag pb-menu`. */
export function readItems(db: Raw, siteId: string, sinceMs: number): Map<string, number> {
  const rows = db
    .prepare<[string, number], { items: string }>(
      `SELECT items_json AS items FROM purges WHERE site_id = ? AND intent_at >= ? AND state IN ('sent', 'completed')`,
    )
    .iterate(siteId, sinceMs)
  const found = new Map<string, number>()
  for (const row of rows) {
    for (const item of z.array(z.string()).parse(JSON.parse(row.items))) {
      const name = item.startsWith('#') ? `tag ${item.slice(1).split(':', 1)[0]?.toLowerCase()}` : `route ${routeOf(item)}`
      found.set(name, (found.get(name) ?? 0) + 1)
    }
  }
  return found
}
