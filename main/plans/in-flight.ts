import type { Raw } from '#main/platform/database.ts'
import type { CheckItem } from './check-item.ts'
import type { Target } from './targets.ts'

/**
 * Purges of the distribution that were given to the edge and that it has not reported completed. One that still waits
 * does not count: it may wait long or be cancelled, and the queue itself lets items go with it.
 */
export interface InFlight {
  /** Why a page needs no item of its own, as a sentence; null when no purge under way is sure to reach it in time. */
  coversPage(target: Pick<Target, 'pageId' | 'path' | 'newSinceMs'>): string | null
  /** The same for a path that is in no list. */
  coversPath(path: string): string | null
}

interface Sent {
  readonly item: string
  readonly by: string
  readonly atMs: number
}

/** @param siteIds of all sites that the distribution serves. */
export function readInFlight(db: Raw, siteIds: readonly string[], keyOf: CheckItem): InFlight {
  const sites = JSON.stringify(siteIds)
  const rows = db
    .prepare<[string], { items_json: string; by: string; intent_at: number }>(
      // A plan that has ended waits for nothing any more, whatever became of its request.
      `SELECT purges.items_json, purges.by, purges.intent_at FROM purges JOIN plans ON plans.id = purges.plan_id
       WHERE purges.site_id IN (SELECT value FROM json_each(?))
         AND (purges.state = 'sent' OR (purges.state = 'intent' AND purges.begun_at IS NOT NULL))
         AND plans.state = 'purging' ORDER BY purges.intent_at DESC, purges.id`,
    )
    .all(sites)
  // We wrote these items ourselves.
  const sent = rows.flatMap((row) =>
    (JSON.parse(row.items_json) as string[]).map((item): Sent => ({ item, by: row.by, atMs: row.intent_at })),
  )
  const exact = new Map<string, Sent>()
  const prefixes: { readonly begins: string; readonly of: Sent }[] = []
  const byPage = new Map<number, Sent>()
  const tagged = db.prepare<[string, string], { page_id: number }>(
    `SELECT page_tags.page_id FROM tags JOIN page_tags ON page_tags.tag_id = tags.id
     WHERE tags.folded = ? AND tags.site_id IN (SELECT value FROM json_each(?)) AND page_tags.in_header = 1`,
  )
  for (const one of sent) {
    if (one.item.endsWith('*')) prefixes.push({ begins: one.item.slice(0, -1), of: one })
    else if (!one.item.startsWith('#')) exact.set(one.item, exact.get(one.item) ?? one)
    else
      for (const { page_id } of tagged.all(one.item.slice(1).toLowerCase(), sites))
        byPage.set(page_id, byPage.get(page_id) ?? one)
  }
  const byPath = (path: string): Sent | undefined => {
    const checked = keyOf(path)
    if (!checked.ok) return undefined
    return exact.get(checked.item) ?? prefixes.find(({ begins }) => checked.item.startsWith(begins))?.of
  }
  return {
    coversPage({ pageId, path, newSinceMs }) {
      if (sent.length === 0) return null
      const found = [byPath(path), byPage.get(pageId)].find((one) => one !== undefined && one.atMs >= newSinceMs)
      return found ? sentence(found) : null
    },
    coversPath(path) {
      const found = sent.length === 0 ? undefined : byPath(path)
      return found ? sentence(found) : null
    },
  }
}

function sentence({ item, by }: Sent): string {
  return `Already being purged by ${item}, which ${by} started.`
}
