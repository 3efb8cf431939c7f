import type { Raw } from '#main/platform/database.ts'
import type { RendererEntry } from '#main/providers/renderer.ts'
import type { ImportEntriesInput } from './import-entries-task.ts'

interface Before {
  started_on: number
  started_at: number
  refreshed_at: number
  marked_on: number | null
  marked_at: number | null
  content_hash: string
  failed_at: number | null
  refreshing: number
  changed_since: number | null
  origin_basis: string | null
}

const BEFORE = `SELECT entry.started_on, entry.started_at, entry.refreshed_at, entry.marked_on, entry.marked_at,
  entry.content_hash, entry.failed_at, entry.refreshing, pages.changed_since, pages.origin_basis
  FROM page_entries AS entry JOIN pages ON pages.id = entry.page_id WHERE entry.page_id = ?`

const SAVE = `INSERT INTO page_entries (page_id, site_id, content_hash, size_bytes, tags_json, started_on, started_at,
    duration_ms, refreshed_at, expires_at, marked_on, marked_at, failed_at, failure, refreshing, seen_at)
  VALUES (@pageId, @siteId, @hash, @sizeBytes, @tags, @startedOn, @startedAt,
    @durationMs, @refreshedAt, @expiresAt, @markedOn, @markedAt, @failedAt, @failure, @refreshing, @seenAt)
  ON CONFLICT (page_id) DO UPDATE SET content_hash = @hash, size_bytes = @sizeBytes, tags_json = @tags,
    started_on = @startedOn, started_at = @startedAt, duration_ms = @durationMs, refreshed_at = @refreshedAt,
    expires_at = @expiresAt, marked_on = @markedOn, marked_at = @markedAt, failed_at = @failedAt, failure = @failure,
    refreshing = @refreshing, seen_at = @seenAt`

/** A file of the live release wins over the renderer, as it does at the origin. */
const APPLY = `UPDATE pages SET origin_hash = @hash, origin_basis = 'renderer', origin_started_at = @startedAt,
    renders_on_demand = 0,
    served_as = CASE WHEN status >= 500 THEN 'error' WHEN status IN (404, 410) THEN 'missing' ELSE 'rendered' END
  WHERE id = @pageId AND origin_basis IS NOT 'manifest'`

/** A mark that the renderer has answered counts no longer; what people told of the page still does. */
const FORGET = `UPDATE pages SET changed_since = (
    SELECT MAX(marks.since) FROM mark_pages JOIN marks ON marks.id = mark_pages.mark_id
    WHERE mark_pages.page_id = pages.id AND marks.undone_at IS NULL) WHERE id = ?`

const RAISE = 'UPDATE pages SET changed_since = MAX(COALESCE(changed_since, 0), ?) WHERE id = ?'

/** Writes one entry and what it says of its page; returns whether that is new. Call inside a transaction. */
export function createEntryWriter(
  db: Raw,
  input: Pick<ImportEntriesInput, 'siteId' | 'offsetMs' | 'seenAtMs'>,
  writeTags: (pageId: number, source: 'in_html', tags: readonly string[]) => void,
): (pageId: number, entry: RendererEntry) => boolean {
  const before = db.prepare<[number], Before>(BEFORE)
  const [save, apply, forget, raise] = [SAVE, APPLY, FORGET, RAISE].map((text) => db.prepare(text))
  const ours = (instantMs: number): number => Math.round(instantMs + input.offsetMs)
  return (pageId, entry) => {
    const old = before.get(pageId)
    // An instant is converted once: the next answer may have taken longer, or the renderer's clock may have been set.
    const same = old?.started_on === entry.startedAtMs
    const startedAt = same ? old.started_at : ours(entry.startedAtMs)
    const markedAt = markOf(entry, old, startedAt, ours)
    save?.run({
      pageId,
      siteId: input.siteId,
      hash: entry.hash,
      sizeBytes: entry.sizeBytes,
      tags: JSON.stringify(entry.tags),
      startedOn: entry.startedAtMs,
      startedAt,
      durationMs: Math.round(entry.durationMs),
      refreshedAt: same ? old.refreshed_at : ours(entry.refreshedAtMs),
      expiresAt: ours(entry.expiresAtMs),
      markedOn: entry.markedAtMs,
      markedAt,
      failedAt: entry.failure === null ? null : ours(entry.failure.atMs),
      failure: entry.failure?.reason ?? null,
      refreshing: entry.refreshing ? 1 : 0,
      seenAt: input.seenAtMs,
    })
    apply?.run({ pageId, hash: entry.hash, startedAt })
    if (old && old.marked_at !== null && old.marked_at !== markedAt && old.changed_since === old.marked_at) forget?.run(pageId)
    if (markedAt !== null) raise?.run(markedAt, pageId)
    if (!same) writeTags(pageId, 'in_html', entry.tags)
    return (
      !same ||
      old.content_hash !== entry.hash ||
      old.marked_at !== markedAt ||
      (old.failed_at === null) !== (entry.failure === null) ||
      (old.refreshing === 1) !== entry.refreshing ||
      (old.origin_basis !== 'renderer' && old.origin_basis !== 'manifest')
    )
  }
}

/** An unanswered mark is later than what it waits for, however the two clocks were compared. */
function markOf(
  entry: RendererEntry,
  old: Before | undefined,
  startedAt: number,
  ours: (instantMs: number) => number,
): number | null {
  if (entry.markedAtMs === null) return null
  const markedAt = old?.marked_on === entry.markedAtMs && old.marked_at !== null ? old.marked_at : ours(entry.markedAtMs)
  return Math.max(markedAt, startedAt + 1)
}
