import { sql } from 'kysely'
import { AppError } from '#shared/errors.ts'
import type { Changes } from '#main/platform/changes.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Log } from '#main/platform/log.ts'
import { readPlaces } from './read-entries.ts'
import type { EntrySync } from './sync.ts'

export interface RechecksWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  readonly sync: EntrySync
  /** Checks pages; every check ends with `after`. */
  check(siteId: string, pageIds: readonly number[], signal: AbortSignal): Promise<void>
}

/**
 * A renderer gives an expired page as it is for a few seconds, while it refreshes it. A check in that time sees the old
 * page: it says nothing of what visitors get a moment later, so the page is checked again when that time is over.
 */
export interface Rechecks {
  /** Call when pages were checked. Resolves when those to be checked again are known. */
  after(siteId: string, pageIds: readonly number[]): Promise<void>
  /** Call when a site's renderer answers: takes up the checks that were due, or were still to come, when the core stopped. */
  resume(siteId: string): Promise<void>
  /** Resolves when none of these pages waits for another check, at the latest after `AT_MOST_MS`. Tells which still wait. */
  settled(pageIds: readonly number[], waiting: (pageIds: readonly number[]) => void, signal: AbortSignal): Promise<void>
}

/** The time for which an expired page is given out: `docs/renderer-protocol.md`. */
const GRACE_MS = 10_000
const MARGIN_MS = 300
const CHUNK = 5_000
/** A renderer whose refresh fails again and again is not asked for ever: each check would begin another render. */
const TIMES_AT_MOST = 3
const AT_MOST_MS = 35_000
const POLL_MS = 250

export function createRechecks(world: RechecksWorld): Rechecks {
  const { db } = world
  const times = new Map<number, number>()
  /** When each page is checked again. */
  const waiting = new Map<number, number>()
  const resumed = new Set<string>()
  const set = db.raw.prepare('UPDATE page_entries SET checked_again_at = ? WHERE page_id = ?')

  async function later(siteId: string, pageIds: readonly number[], atMs: number): Promise<void> {
    try {
      await delay(Math.max(0, atMs - world.clock()), world.stopped)
      await world.check(siteId, pageIds, world.stopped)
    } finally {
      // That check may have found that another one is needed.
      for (const pageId of pageIds) if (waiting.get(pageId) === atMs) waiting.delete(pageId)
    }
  }

  function plan(siteId: string, pageIds: readonly number[], atMs: number): void {
    for (const pageId of pageIds) waiting.set(pageId, atMs)
    later(siteId, pageIds, atMs).catch((error: unknown) => {
      if (!world.stopped.aborted) world.log.warn({ err: error, siteId }, 'pages could not be checked again')
    })
  }

  async function readAnew(siteId: string, pageIds: readonly number[]): Promise<void> {
    if (pageIds.length === 0) return
    try {
      await world.sync.some(siteId, await readPlaces(db.query, pageIds), world.stopped)
    } catch (error) {
      // The next round of watching says what is wrong; until then the entries are as they were last seen.
      if (!(error instanceof AppError)) throw error
    }
  }

  return {
    async after(siteId, pageIds) {
      const nowMs = world.clock()
      const ends = await shortLived(db, pageIds, nowMs)
      await readAnew(siteId, [...ends.keys()])
      const old = await givenOutOld(db, [...ends.keys()], nowMs)
      for (const pageId of pageIds) if (!old.has(pageId)) times.delete(pageId)
      const again = [...old].filter((pageId) => (waiting.get(pageId) ?? 0) <= nowMs && (times.get(pageId) ?? 0) < TIMES_AT_MOST)
      if (again.length === 0) return
      const atMs = Math.max(...again.map((pageId) => ends.get(pageId) ?? 0)) + MARGIN_MS
      db.transact(() => again.forEach((pageId) => set.run(atMs, pageId)))
      for (const pageId of again) times.set(pageId, (times.get(pageId) ?? 0) + 1)
      plan(siteId, again, atMs)
      world.changes.tell('pages')
    },
    async resume(siteId) {
      if (resumed.has(siteId)) return
      resumed.add(siteId)
      const due = (await notCheckedAgain(db, siteId)).filter(({ pageId }) => !waiting.has(pageId))
      if (due.length === 0) return
      const atMs = Math.max(...due.map((page) => page.atMs))
      plan(
        siteId,
        due.map(({ pageId }) => pageId),
        atMs,
      )
    },
    async settled(pageIds, tell, signal) {
      const untilMs = world.clock() + AT_MOST_MS
      let told = 0
      for (;;) {
        const left = pageIds.filter((pageId) => waiting.has(pageId))
        if (left.length === 0 || world.clock() >= untilMs) return
        if (left.length !== told) tell(left)
        told = left.length
        await delay(POLL_MS, signal)
      }
    },
  }
}

/**
 * Pages of these whose copy was made to live no longer than an expired page is given out, with when it ends. The last
 * seconds of an entry's own time are such, too.
 */
async function shortLived(db: Database, pageIds: readonly number[], nowMs: number): Promise<Map<number, number>> {
  const found = new Map<number, number>()
  for (let at = 0; at < pageIds.length; at += CHUNK) {
    const rows = await shortLivedPages(db, pageIds.slice(at, at + CHUNK), nowMs).execute()
    for (const row of rows) found.set(row.id, row.fresh_until ?? nowMs)
  }
  return found
}

/** Of these, the ones whose refresh had not ended when the copy was made. Ask when the entries are known as they are now. */
async function givenOutOld(db: Database, pageIds: readonly number[], nowMs: number): Promise<Set<number>> {
  const found = new Set<number>()
  for (let at = 0; at < pageIds.length; at += CHUNK) {
    const rows = await shortLivedPages(db, pageIds.slice(at, at + CHUNK), nowMs)
      .where(
        sql<boolean>`(entry.refreshing = 1 OR entry.marked_at IS NOT NULL OR entry.refreshed_at >= pages.copy_made_at
          OR entry.expires_at <= pages.copy_made_at OR entry.content_hash <> pages.edge_hash)`,
      )
      .execute()
    for (const row of rows) found.add(row.id)
  }
  return found
}

/** Pages that were to be checked again, and were not looked at since that was due. */
async function notCheckedAgain(db: Database, siteId: string): Promise<{ pageId: number; atMs: number }[]> {
  const rows = await db.query
    .selectFrom('page_entries as entry')
    .innerJoin('pages', 'pages.id', 'entry.page_id')
    .select(['entry.page_id as pageId', sql<number>`entry.checked_again_at`.as('atMs')])
    .where('entry.site_id', '=', siteId)
    .where('entry.checked_again_at', 'is not', null)
    .where(sql<boolean>`MAX(COALESCE(pages.observed_at, 0), COALESCE(pages.failed_at, 0)) < entry.checked_again_at`)
    .execute()
  return rows
}

function shortLivedPages(db: Database, pageIds: readonly number[], nowMs: number) {
  return db.query
    .selectFrom('pages')
    .innerJoin('page_entries as entry', 'entry.page_id', 'pages.id')
    .select(['pages.id', 'pages.fresh_until'])
    .where('pages.id', 'in', pageIds)
    .where('pages.stored', '=', 'stored')
    .where('pages.fresh_until', '>', nowMs - GRACE_MS)
    .where(sql<boolean>`pages.fresh_until - pages.copy_made_at <= ${GRACE_MS}`)
}
