import { AppError } from '#shared/errors.ts'
import type { Mark } from '#shared/tags.ts'
import type { Database, Query, Raw } from '#main/platform/database.ts'
import { IS_OVER, OVER_SINCE } from './mark-ends.ts'

/** Pages a statement touches at most, so that readers never wait long. */
const CHUNK = 5_000

export interface NewMark {
  readonly siteId: string
  readonly what: string
  readonly target: string
  readonly sinceMs: number
  readonly by: string
  readonly pageIds: readonly number[]
}

/** Stores a mark and tells its pages of it, in chunks; each page keeps the newest change. */
export function addMark(db: Database, mark: NewMark, nowMs: number): number {
  const insert = db.raw.prepare(
    'INSERT INTO marks (site_id, what, target, since, created_at, by, pages) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const id = Number(
    insert.run(mark.siteId, mark.what, mark.target, mark.sinceMs, nowMs, mark.by, mark.pageIds.length).lastInsertRowid,
  )
  const link = db.raw.prepare('INSERT OR IGNORE INTO mark_pages (mark_id, page_id) VALUES (?, ?)')
  const tell = db.raw.prepare('UPDATE pages SET changed_since = MAX(COALESCE(changed_since, 0), ?) WHERE id = ?')
  inChunks(db, mark.pageIds, (pageId) => {
    link.run(id, pageId)
    tell.run(mark.sinceMs, pageId)
  })
  const { exact, from, to } = named(mark.target)
  db.raw.prepare(`UPDATE tags SET changed_at = MAX(changed_at, ?) WHERE ${NAMED}`).run(mark.sinceMs, mark.siteId, exact, from, to)
  return id
}

/** Tags that a mark's target names: itself, and without an id every id of its class. "12 pages" names none. */
const NAMED = 'site_id = ? AND (folded = ? OR (folded >= ? AND folded < ?))'
const named = (target: string) => {
  const exact = target.toLowerCase()
  return exact.includes(':') ? { exact, from: '', to: '' } : { exact, from: `${exact}:`, to: `${exact};` }
}

/** Takes a mark back: its pages fall back to the newest change that others told of. */
export function undoMark(db: Database, markId: number, nowMs: number): void {
  const done = db.raw
    .prepare('UPDATE marks SET undone_at = ? WHERE id = ? AND undone_at IS NULL AND done_at IS NULL')
    .run(nowMs, markId)
  if (done.changes === 0) {
    throw new AppError('CONFLICT', 'This mark has been taken back already, or visitors have its change, or it is not there.', {
      field: 'markId',
      fix: 'Load the list of marks again.',
    })
  }
  const pages = db.raw.prepare<[number], { page_id: number }>('SELECT page_id FROM mark_pages WHERE mark_id = ?').all(markId)
  const recompute = db.raw.prepare(`UPDATE pages SET changed_since = (
    SELECT MAX(since) FROM (SELECT marks.since FROM mark_pages JOIN marks ON marks.id = mark_pages.mark_id
    WHERE mark_pages.page_id = pages.id AND marks.undone_at IS NULL
    UNION ALL SELECT marked_at FROM page_entries WHERE page_id = pages.id)) WHERE id = ?`)
  inChunks(
    db,
    pages.map((row) => row.page_id),
    (pageId) => void recompute.run(pageId),
  )
  const mark = db.raw
    .prepare<[number], { site_id: string; target: string }>('SELECT site_id, target FROM marks WHERE id = ?')
    .get(markId)
  if (!mark) return
  const { exact, from, to } = named(mark.target)
  db.raw
    .prepare(
      `UPDATE tags SET changed_at = COALESCE((SELECT MAX(since) FROM marks WHERE marks.site_id = tags.site_id
        AND lower(marks.target) IN (tags.folded, tags.class) AND marks.undone_at IS NULL), 0) WHERE ${NAMED}`,
    )
    .run(mark.site_id, exact, from, to)
}

function inChunks(db: Database, ids: readonly number[], each: (id: number) => void): void {
  for (let at = 0; at < ids.length; at += CHUNK) db.transact(() => ids.slice(at, at + CHUNK).forEach(each))
}

/** Marks that are over are shown for a day. */
const OVER_SHOWN_MS = 86_400_000

/** The newest first. One that is over by now is told as such, whether or not anything was stored since. */
export function readMarks(db: Raw, siteId: string, nowMs: number): Mark[] {
  return db
    .prepare<{ siteId: string; nowMs: number; from: number }, MarkRow>(
      `SELECT * FROM (SELECT id, what, target, since, created_at, by, pages, undone_at,
          CASE WHEN undone_at IS NULL AND done_at IS NULL AND ${IS_OVER} THEN ${OVER_SINCE} ELSE done_at END AS done_at
        FROM marks WHERE site_id = @siteId)
      WHERE COALESCE(undone_at, done_at, @nowMs) > @from ORDER BY id DESC LIMIT 100`,
    )
    .all({ siteId, nowMs, from: nowMs - OVER_SHOWN_MS })
    .map(toMark)
}

/** Throws `NOT_FOUND`. */
export async function readMark(db: Query, markId: number): Promise<Mark & { siteId: string }> {
  const row = await db.selectFrom('marks').selectAll().where('id', '=', markId).executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND', 'This mark is not there.', { field: 'markId', fix: 'Load the list of marks again.' })
  return { ...toMark(row), siteId: row.site_id }
}

interface MarkRow {
  id: number
  what: string
  target: string
  since: number
  created_at: number
  by: string
  pages: number
  undone_at: number | null
  done_at: number | null
}

function toMark(row: MarkRow): Mark {
  return {
    id: row.id,
    what: row.what,
    target: row.target,
    sinceMs: row.since,
    createdAtMs: row.created_at,
    by: row.by,
    pages: row.pages,
    undoneAtMs: row.undone_at,
    doneAtMs: row.done_at,
  }
}
