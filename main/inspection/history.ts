import type { Raw } from '#main/platform/database.ts'

export const HISTORY_ROWS = 20
export const HISTORY_MS = 90 * 24 * 60 * 60 * 1_000

/** What a row of the history is about; a check that finds all of it as before writes none. */
const FACTS = ['status', 'stored', 'edge_hash', 'age_class', 'vantage', 'served_as', 'failure'] as const
type Facts = Record<(typeof FACTS)[number], string | number | null>

/** The page as it stands at `@atMs`, in the words of the history. */
const NOW = `SELECT status, stored, edge_hash, vantage, served_as,
  CASE WHEN observed_at IS NULL THEN NULL WHEN stored IS NOT 'stored' THEN stored
    WHEN fresh_until > @atMs THEN 'in-date' WHEN stale_until > @atMs THEN 'stale-allowed' ELSE 'past' END AS age_class,
  CASE WHEN failed_at > COALESCE(observed_at, 0) THEN failure END AS failure
  FROM pages WHERE id = @pageId`

/**
 * Remembers what a check has just written of a page, when it is otherwise than the newest row. Keeps at most `HISTORY_ROWS`
 * rows a page and none older than `HISTORY_MS`, but always the newest. Call inside the transaction that stores the check.
 */
export function createHistoryWriter(db: Raw): (pageId: number, atMs: number) => void {
  const now = db.prepare<[{ pageId: number; atMs: number }], Facts>(NOW)
  const last = db.prepare<[number], Facts>(
    `SELECT ${FACTS.join(', ')} FROM page_history WHERE page_id = ? ORDER BY id DESC LIMIT 1`,
  )
  const insert = db.prepare(`INSERT INTO page_history (page_id, at, ${FACTS.join(', ')})
    VALUES (@pageId, @atMs, ${FACTS.map((fact) => `@${fact}`).join(', ')})`)
  const tooMany = db.prepare(`DELETE FROM page_history WHERE page_id = @pageId AND id <= (
    SELECT id FROM page_history WHERE page_id = @pageId ORDER BY id DESC LIMIT 1 OFFSET ${HISTORY_ROWS})`)
  const tooOld = db.prepare(`DELETE FROM page_history WHERE page_id = @pageId AND at < @beforeMs
    AND id < (SELECT max(id) FROM page_history WHERE page_id = @pageId)`)
  return (pageId, atMs) => {
    const facts = now.get({ pageId, atMs })
    if (!facts) return
    const before = last.get(pageId)
    if (!before || FACTS.some((fact) => differs(fact, before[fact], facts[fact]))) {
      insert.run({ pageId, atMs, ...facts })
      tooMany.run({ pageId })
    }
    tooOld.run({ pageId, beforeMs: atMs - HISTORY_MS })
  }
}

/** Two failures in a row are one state, though their sentences may differ in a number. */
function differs(fact: keyof Facts, before: Facts[keyof Facts], now: Facts[keyof Facts]): boolean {
  return fact === 'failure' ? (before === null) !== (now === null) : before !== now
}
