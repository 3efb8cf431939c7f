import type { Raw } from '#main/platform/database.ts'

/** A page that was found somewhere. */
export interface FoundPage {
  readonly zoneId: number
  readonly path: string
}

/** Rows a transaction at most, so that readers never wait long for a bulk write. */
export const CHUNK = 5_000

/** Stores pages that are new; returns the ids of those, in the order in which they were found. */
export function insertPages(db: Raw, siteId: string, by: string, found: readonly FoundPage[], nowMs: number): number[] {
  const insert = db.prepare(
    'INSERT INTO pages (site_id, zone_id, path, found_at, found_by) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const added: number[] = []
  for (let at = 0; at < found.length; at += CHUNK) {
    db.transaction(() => {
      for (const page of found.slice(at, at + CHUNK)) {
        const result = insert.run(siteId, page.zoneId, page.path, nowMs, by)
        if (result.changes > 0) added.push(Number(result.lastInsertRowid))
      }
    }).immediate()
  }
  return added
}

export type TagSource = 'in_html' | 'in_header' | 'in_manifest'

/** Sets which tags a page has from one source; the other sources' knowledge stays. Call inside a transaction. */
export function createTagWriter(db: Raw, siteId: string): (pageId: number, source: TagSource, tags: readonly string[]) => void {
  const ids = new Map<string, number>()
  const findTag = db.prepare<[string, string], { id: number }>('SELECT id FROM tags WHERE site_id = ? AND folded = ?')
  const insertTag = db.prepare('INSERT INTO tags (site_id, tag, folded) VALUES (?, ?, ?)')
  const idOf = (tag: string): number => {
    const folded = tag.toLowerCase()
    const known = ids.get(folded) ?? findTag.get(siteId, folded)?.id ?? Number(insertTag.run(siteId, tag, folded).lastInsertRowid)
    ids.set(folded, known)
    return known
  }
  const bySource = (source: TagSource) => ({
    clear: db.prepare(`UPDATE page_tags SET ${source} = 0 WHERE page_id = ? AND ${source} = 1`),
    set: db.prepare(`INSERT INTO page_tags (page_id, tag_id, ${source}) VALUES (?, ?, 1)
      ON CONFLICT (page_id, tag_id) DO UPDATE SET ${source} = 1`),
  })
  const statements = { in_html: bySource('in_html'), in_header: bySource('in_header'), in_manifest: bySource('in_manifest') }
  const drop = db.prepare('DELETE FROM page_tags WHERE page_id = ? AND in_html = 0 AND in_header = 0 AND in_manifest = 0')
  return (pageId, source, tags) => {
    statements[source].clear.run(pageId)
    for (const tag of tags) statements[source].set.run(pageId, idOf(tag))
    drop.run(pageId)
  }
}
