import { servedByRule, type Rule } from '#shared/http-cache/redirect-rules.ts'
import type { Raw } from '#main/platform/database.ts'
import type { RendererEntry } from '#main/providers/renderer.ts'
import { createEntryWriter } from './write-entry.ts'

/** Some entries of a renderer, as one answer of it had them. */
export interface ImportEntriesInput {
  readonly siteId: string
  readonly entries: readonly RendererEntry[]
  /** What is added to the renderer's instants to have ours, in milliseconds. */
  readonly offsetMs: number
  /** Our clock when the renderer was asked. */
  readonly seenAtMs: number
}

export interface DropEntriesInput {
  readonly siteId: string
  /** Entries that were last seen before this are gone at the renderer. */
  readonly beforeMs: number
}

export interface ImportedEntries {
  readonly changed: boolean
  readonly newPageIds: number[]
}

/** What the composition root hands to the task: pages are stored by their own feature. */
export interface EntriesContext {
  readonly db: Raw
  insertPages(
    db: Raw,
    siteId: string,
    by: string,
    found: readonly { readonly zoneId: number; readonly path: string }[],
    nowMs: number,
  ): number[]
  tagWriter(db: Raw, siteId: string): (pageId: number, source: 'in_html', tags: readonly string[]) => void
  /** Ends the marks whose change visitors have; called within the transaction that stores entries. */
  endMarks(db: Raw, siteId: string, nowMs: number): void
}

/** Brings entries to their pages; pages that were not known are added. Returns their ids, and whether anything is new. */
export async function importEntries(context: EntriesContext, input: ImportEntriesInput): Promise<ImportedEntries> {
  const { db } = context
  const zones = db
    .prepare<[string], { id: number; host: string }>('SELECT id, host FROM zones WHERE site_id = ?')
    .all(input.siteId)
  const zoneByHost = new Map(zones.map(({ id, host }) => [host, id]))
  const mine = input.entries.flatMap((entry) => {
    const zoneId = zoneByHost.get(entry.host)
    return zoneId === undefined ? [] : [{ zoneId, path: entry.path, entry }]
  })
  const added = context.insertPages(db, input.siteId, 'renderer', mine, input.seenAtMs)
  const page = db.prepare<[number, string], { id: number }>('SELECT id FROM pages WHERE zone_id = ? AND path = ?')
  const write = createEntryWriter(db, input, context.tagWriter(db, input.siteId))
  let changed = added.length > 0
  db.transaction(() => {
    for (const { zoneId, path, entry } of mine) {
      const known = page.get(zoneId, path)
      if (known && write(known.id, entry)) changed = true
    }
    if (changed) context.endMarks(db, input.siteId, input.seenAtMs)
  }).immediate()
  return { changed, newPageIds: added }
}

/** Pages whose entry is gone are again what the live release's rules say of them. Returns how many there were. */
export async function dropEntries({ db }: Pick<EntriesContext, 'db'>, input: DropEntriesInput): Promise<{ dropped: number }> {
  const gone = db
    .prepare<[string, number], { id: number; path: string }>(
      `SELECT pages.id, pages.path FROM page_entries JOIN pages ON pages.id = page_entries.page_id
       WHERE page_entries.site_id = ? AND page_entries.seen_at < ?`,
    )
    .all(input.siteId, input.beforeMs)
  if (gone.length === 0) return { dropped: 0 }
  const live = db
    .prepare<[string], { redirects_json: string; started_at: number }>(
      'SELECT redirects_json, started_at FROM releases WHERE site_id = ? AND live = 1',
    )
    .get(input.siteId)
  // We wrote the rules ourselves, from a parsed manifest.
  const rules = live ? (JSON.parse(live.redirects_json) as Rule[]) : null
  const drop = db.prepare('DELETE FROM page_entries WHERE page_id = ?')
  const reset = db.prepare(`UPDATE pages SET origin_hash = NULL, origin_basis = NULL, origin_started_at = ?,
    renders_on_demand = ?, served_as = ? WHERE id = ? AND origin_basis = 'renderer'`)
  db.transaction(() => {
    for (const { id, path } of gone) {
      const servedAs = rules === null ? 'unknown' : servedByRule(path, rules)
      drop.run(id)
      reset.run(live?.started_at ?? null, servedAs === 'fallback' ? 1 : 0, servedAs, id)
    }
  }).immediate()
  return { dropped: gone.length }
}
