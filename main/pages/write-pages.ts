import type { Raw } from '#main/platform/database.ts'
import { pathReader } from './page-rules.ts'

/** A page that was found somewhere. */
export interface FoundPage {
  readonly zoneId: number
  readonly path: string
}

/** Rows a transaction at most, so that the core thread never waits long to write. */
export const CHUNK = 1_000

/**
 * Stores pages that are new, under the addresses that the site's rules give them; returns the ids of those, in the order
 * in which they were found.
 */
export function insertPages(db: Raw, siteId: string, by: string, found: readonly FoundPage[], nowMs: number): number[] {
  const insert = db.prepare(
    'INSERT INTO pages (site_id, zone_id, path, found_at, found_by) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const pathOf = pathReader(db, siteId)
  const added: number[] = []
  for (let at = 0; at < found.length; at += CHUNK) {
    db.transaction(() => {
      for (const page of found.slice(at, at + CHUNK)) {
        const result = insert.run(siteId, page.zoneId, pathOf(page.path), nowMs, by)
        if (result.changes > 0) added.push(Number(result.lastInsertRowid))
      }
    }).immediate()
  }
  return added
}

export type TagSource = 'in_html' | 'in_header' | 'in_manifest'

/**
 * Sets which tags a page has from one source; the other sources' knowledge stays. Only differences are written, since every
 * written row also moves the tag's counters. Call inside a transaction.
 */
export function createTagWriter(db: Raw, siteId: string): (pageId: number, source: TagSource, tags: readonly string[]) => void {
  const idOf = createTagFinder(db, siteId)
  const bySource = (source: TagSource) => ({
    present: db.prepare<[number], { tag_id: number }>(`SELECT tag_id FROM page_tags WHERE page_id = ? AND ${source} = 1`),
    clear: db.prepare(`UPDATE page_tags SET ${source} = 0 WHERE page_id = ? AND tag_id = ?`),
    set: db.prepare(`INSERT INTO page_tags (page_id, tag_id, ${source}) VALUES (?, ?, 1)
      ON CONFLICT (page_id, tag_id) DO UPDATE SET ${source} = 1`),
  })
  const statements = { in_html: bySource('in_html'), in_header: bySource('in_header'), in_manifest: bySource('in_manifest') }
  const drop = db.prepare(
    'DELETE FROM page_tags WHERE page_id = ? AND tag_id = ? AND in_html = 0 AND in_header = 0 AND in_manifest = 0',
  )
  return (pageId, source, tags) => {
    const { present, clear, set } = statements[source]
    const before = new Set(present.all(pageId).map((row) => row.tag_id))
    const now = new Set(tags.map(idOf))
    for (const tagId of now) if (!before.has(tagId)) set.run(pageId, tagId)
    for (const tagId of before) {
      if (now.has(tagId)) continue
      clear.run(pageId, tagId)
      drop.run(pageId, tagId)
    }
  }
}

/** Ids of tags by their text, whatever its letter case; a new tag is stored, and so is another spelling of a known one. */
function createTagFinder(db: Raw, siteId: string): (tag: string) => number {
  const known = new Map<string, { readonly id: number; readonly spellings: Set<string> }>()
  const find = db.prepare<[string, string], { id: number; tag: string }>(
    'SELECT id, tag FROM tags WHERE site_id = ? AND folded = ?',
  )
  const insert = db.prepare('INSERT INTO tags (site_id, tag, folded) VALUES (?, ?, ?)')
  const spell = db.prepare('INSERT OR IGNORE INTO tag_spellings (tag_id, spelling) VALUES (?, ?)')
  const load = (tag: string, folded: string) => {
    const stored = find.get(siteId, folded)
    if (stored) return { id: stored.id, spellings: new Set([stored.tag]) }
    return { id: Number(insert.run(siteId, tag, folded).lastInsertRowid), spellings: new Set([tag]) }
  }
  return (tag) => {
    const folded = tag.toLowerCase()
    const entry = known.get(folded) ?? load(tag, folded)
    known.set(folded, entry)
    if (!entry.spellings.has(tag)) {
      spell.run(entry.id, tag)
      entry.spellings.add(tag)
    }
    return entry.id
  }
}
