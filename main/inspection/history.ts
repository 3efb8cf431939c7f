import type { Raw } from '#main/platform/database.ts'

export const HISTORY_ROWS = 20
export const HISTORY_MS = 90 * 24 * 60 * 60 * 1_000

/** What a row of the history is about; a check that finds all of it as before writes none. */
const FACTS = ['status', 'stored', 'edge_hash', 'age_class', 'vantage', 'served_as', 'failure'] as const
type Facts = Record<(typeof FACTS)[number], string | number | null>

/** What a page's history is told of it, as a check has just found it. */
export interface PageState {
  readonly status: number | null
  readonly stored: string | null
  readonly edgeHash: string | null
  readonly vantage: string | null
  readonly servedAs: string | null
  readonly observedAtMs: number | null
  readonly freshUntilMs: number | null
  readonly staleUntilMs: number | null
  readonly failedAtMs: number | null
  readonly failure: string | null
  /** Kept with a row; that it is another one writes none. */
  readonly ttfbMs: number | null
}

/**
 * Remembers what a check has just written of a page, when it is otherwise than the newest row. Keeps at most `HISTORY_ROWS`
 * rows a page and none older than `HISTORY_MS`, but always the newest. Call inside the transaction that stores the check.
 * `known`: false when the page was never checked before.
 */
export function createHistoryWriter(db: Raw): (pageId: number, atMs: number, page: PageState, known: boolean) => void {
  const last = db.prepare<[number], Facts & { at: number }>(
    `SELECT at, ${FACTS.join(', ')} FROM page_history WHERE page_id = ? ORDER BY id DESC LIMIT 1`,
  )
  const insert = db.prepare(`INSERT INTO page_history (page_id, at, ttfb_ms, ${FACTS.join(', ')})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const tooMany = db.prepare(`DELETE FROM page_history WHERE page_id = @pageId AND id <= (
    SELECT id FROM page_history WHERE page_id = @pageId ORDER BY id DESC LIMIT 1 OFFSET ${HISTORY_ROWS})`)
  const tooOld = db.prepare(`DELETE FROM page_history WHERE page_id = @pageId AND at < @beforeMs
    AND id < (SELECT max(id) FROM page_history WHERE page_id = @pageId)`)
  return (pageId, atMs, page, known) => {
    const facts = factsOf(page, atMs)
    const before = known ? last.get(pageId) : undefined
    if (before && !FACTS.some((fact) => differs(fact, before[fact], facts[fact]))) {
      // Rows under one that is young may have grown old; under an old one there is something to look for.
      if (before.at < atMs - LOOK_MS) tooOld.run({ pageId, beforeMs: atMs - HISTORY_MS })
      return
    }
    insert.run(pageId, atMs, page.ttfbMs, ...FACTS.map((fact) => facts[fact]))
    if (!before) return
    tooMany.run({ pageId })
    tooOld.run({ pageId, beforeMs: atMs - HISTORY_MS })
  }
}

/** A page without changes is looked at for rows that are too old only when its newest row is at least this old. */
const LOOK_MS = 24 * 60 * 60 * 1_000

function factsOf(page: PageState, atMs: number): Facts {
  return {
    status: page.status,
    stored: page.stored,
    edge_hash: page.edgeHash,
    age_class: ageClass(page, atMs),
    vantage: page.vantage,
    served_as: page.servedAs,
    failure: page.failedAtMs !== null && page.failedAtMs > (page.observedAtMs ?? 0) ? page.failure : null,
  }
}

function ageClass(page: PageState, atMs: number): string | null {
  if (page.observedAtMs === null) return null
  if (page.stored !== 'stored') return page.stored
  if (page.freshUntilMs !== null && page.freshUntilMs > atMs) return 'in-date'
  return page.staleUntilMs !== null && page.staleUntilMs > atMs ? 'stale-allowed' : 'past'
}

/** Two failures in a row are one state, though their sentences may differ in a number. */
function differs(fact: keyof Facts, before: Facts[keyof Facts], now: Facts[keyof Facts]): boolean {
  return fact === 'failure' ? (before === null) !== (now === null) : before !== now
}
