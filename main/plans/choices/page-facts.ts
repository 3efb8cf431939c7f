import { sql } from 'kysely'
import type { Query } from '#main/platform/database.ts'

/** What a choice between now, when visited and not at all rests on, of one page. */
export interface PageFacts {
  /** Until when its copy may be given to visitors at most; null when that is not known. */
  readonly expiresAtMs: number | null
  /** Told visits a day; null when none is known. */
  readonly visitsADay: number | null
  readonly classes: readonly string[]
}

const CHUNK = 5_000
const DAY_MS = 86_400_000
/** Two visits in a minute are no two thousand a day. */
const SHORTEST_MS = 3_600_000

/** Reads the facts of pages; chunks, so that other calls come in between. */
export async function readPageFacts(db: Query, pageIds: readonly number[], nowMs: number): Promise<Map<number, PageFacts>> {
  const facts = new Map<number, PageFacts>()
  for (let at = 0; at < pageIds.length; at += CHUNK) {
    const some = pageIds.slice(at, at + CHUNK)
    const rows = await db
      .selectFrom('pages')
      .leftJoin('page_visits', 'page_visits.page_id', 'pages.id')
      .select(['pages.id', 'pages.stored', 'pages.fresh_until', 'pages.stale_until'])
      .select(['page_visits.first_at', 'page_visits.visits'])
      .where('pages.id', 'in', some)
      .execute()
    const classes = await classesOf(db, some)
    for (const row of rows) {
      const ends = row.stored === 'stored' ? Math.max(row.fresh_until ?? 0, row.stale_until ?? 0) : 0
      const overMs = Math.max(SHORTEST_MS, nowMs - (row.first_at ?? nowMs))
      facts.set(row.id, {
        expiresAtMs: ends > 0 ? ends : null,
        visitsADay: row.visits === null ? null : (row.visits * DAY_MS) / overMs,
        classes: classes.get(row.id) ?? [],
      })
    }
  }
  return facts
}

async function classesOf(db: Query, pageIds: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('page_tags')
    .innerJoin('tags', 'tags.id', 'page_tags.tag_id')
    .select(['page_tags.page_id', sql<string>`tags.class`.as('class')])
    .distinct()
    .where('page_tags.page_id', 'in', pageIds)
    .execute()
  const found = new Map<number, string[]>()
  for (const row of rows) {
    const list = found.get(row.page_id)
    if (list) list.push(row.class)
    else found.set(row.page_id, [row.class])
  }
  return found
}
