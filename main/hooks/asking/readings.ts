import { isReadable, Reading, ReadingState } from '#shared/hook-readings.ts'
import { SourceKind } from '#shared/hook-sources.ts'
import type { Database } from '#main/platform/database.ts'
import { createContentIndex, isGone } from '../content-index.ts'
import { readEvent } from '../read-event.ts'
import type { AskedChange, AskedPage } from './ask.ts'

/** A source that may be asked now. */
export interface DueReading {
  readonly sourceId: string
  readonly reading: Reading
  /** Null: nothing was asked before. */
  readonly cursor: string | null
  /** Failures in a row before. */
  readonly failures: number
}

/** Which sources are asked, how far each was read, and what was found; on disk together. */
export interface Readings {
  state(sourceId: string): ReadingState | null
  /** Begins, with what the first question has found. What another reading of it had found stays. */
  save(sourceId: string, reading: Reading, hasToken: boolean, page: AskedPage, nowMs: number): void
  /**
   * Keeps how a source is to be asked, as a file of settings has it, from the beginning and without a token. False: that is
   * how it is asked already.
   */
  bring(sourceId: string, reading: Reading, nowMs: number): boolean
  remove(sourceId: string): void
  /** Has every source asked as soon as may be. */
  hasten(nowMs: number): void
  due(nowMs: number): DueReading[]
  /** Null when it is not asked, or its source is switched off. */
  read(sourceId: string): DueReading | null
  /** Keeps what was found and how far that reaches, once. Returns how many changes are new. */
  take(one: DueReading, page: AskedPage, nowMs: number): number
  ended(sourceId: string, dueAtMs: number, nowMs: number): void
  failed(sourceId: string, problem: NonNullable<ReadingState['problem']>): void
  knownIds(sourceId: string): string[]
}

interface Row {
  source_id: string
  reading_json: string
  has_token: number
  cursor: string
  due_at: number
  asked_at: number | null
  found: number
  failures: number
  problem_json: string | null
}

/** The newest of what is known; enough for a site whose pages a person looks after. */
const MOST_KNOWN = 20_000
const NEVER_ASKED = ''

export function createReadings(db: Database): Readings {
  const { raw } = db
  const index = createContentIndex(raw)
  const byId = raw.prepare<[string], Row>('SELECT * FROM hook_readings WHERE source_id = ?')
  const enabled = `SELECT hook_readings.* FROM hook_readings JOIN hook_sources ON hook_sources.id = source_id
    WHERE enabled = 1 AND site_id IN (SELECT id FROM sites WHERE removed_at IS NULL)`
  const due = raw.prepare<[number], Row>(`${enabled} AND due_at <= ? ORDER BY due_at`)
  const one = raw.prepare<[string], Row>(`${enabled} AND source_id = ?`)
  const known = raw.prepare<[string, string]>('SELECT 1 FROM hook_events WHERE source_id = ? AND change_key = ?')
  const insert = raw.prepare(`INSERT INTO hook_events (source_id, received_at, changed_at, change_key, state, headers_json, body)
    VALUES (?, ?, ?, ?, 'waiting', ?, ?)`)
  // It is not asked for again, although the rules come to it later.
  const isGoneNow = raw.prepare('UPDATE content_index SET gone = 1 WHERE source_id = ? AND content_id = ?')
  const advance = raw.prepare('UPDATE hook_readings SET cursor = @cursor, found = found + @found WHERE source_id = @sourceId')

  const toDue = (row: Row): DueReading => ({
    sourceId: row.source_id,
    // We wrote this JSON ourselves.
    reading: Reading.parse(JSON.parse(row.reading_json)),
    cursor: row.cursor === NEVER_ASKED ? null : row.cursor,
    failures: row.failures,
  })

  function factsOf(kind: Reading['kind'], { headers, body }: AskedChange) {
    const bytes = new TextEncoder().encode(JSON.stringify(body))
    return { bytes, facts: readEvent(kind, new Map(headers), bytes) }
  }

  function learn(sourceId: string, { kind }: Reading, page: AskedPage): void {
    for (const change of page.known) index.learn(sourceId, factsOf(kind, change).facts, change.changedAtMs)
    index.write()
  }

  /** Returns how many are new. */
  function addChanges(sourceId: string, { kind }: Reading, page: AskedPage, nowMs: number): number {
    let added = 0
    for (const change of page.changes) {
      const { bytes, facts } = factsOf(kind, change)
      if (facts.changeKey !== null && known.get(sourceId, facts.changeKey) !== undefined) continue
      insert.run(sourceId, nowMs, change.changedAtMs, facts.changeKey, JSON.stringify(change.headers), bytes)
      if (isGone(facts.event)) isGoneNow.run(sourceId, facts.contentId)
      added += 1
    }
    return added
  }

  return {
    state(sourceId) {
      const row = byId.get(sourceId)
      if (!row) return null
      return {
        settings: Reading.parse(JSON.parse(row.reading_json)),
        hasToken: row.has_token === 1,
        askedAtMs: row.asked_at,
        found: row.found,
        problem: row.problem_json === null ? null : ReadingState.shape.problem.parse(JSON.parse(row.problem_json)),
      }
    },
    save(sourceId, reading, hasToken, page, nowMs) {
      db.transact(() => {
        raw
          .prepare(
            `INSERT INTO hook_readings (source_id, reading_json, has_token, cursor, due_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET reading_json = excluded.reading_json, has_token = excluded.has_token,
             cursor = excluded.cursor, due_at = excluded.due_at, asked_at = NULL, failures = 0, problem_json = NULL`,
          )
          .run(sourceId, JSON.stringify(reading), hasToken ? 1 : 0, page.cursor, nowMs)
        learn(sourceId, reading, page)
      })
    },
    bring(sourceId, reading, nowMs) {
      const known = byId.get(sourceId)?.reading_json
      const json = JSON.stringify(reading)
      if (known !== undefined && JSON.stringify(Reading.parse(JSON.parse(known))) === json) return false
      raw
        .prepare(
          `INSERT INTO hook_readings (source_id, reading_json, has_token, cursor, due_at) VALUES (?, ?, 0, ?, ?)
           ON CONFLICT DO UPDATE SET reading_json = excluded.reading_json, has_token = 0, cursor = excluded.cursor,
             due_at = excluded.due_at, asked_at = NULL, failures = 0, problem_json = NULL`,
        )
        .run(sourceId, json, NEVER_ASKED, nowMs)
      return true
    },
    remove: (sourceId) => void raw.prepare('DELETE FROM hook_readings WHERE source_id = ?').run(sourceId),
    hasten: (nowMs) => void raw.prepare('UPDATE hook_readings SET due_at = ?').run(nowMs),
    due: (nowMs) => due.all(nowMs).map(toDue),
    read(sourceId) {
      const row = one.get(sourceId)
      return row ? toDue(row) : null
    },
    take({ sourceId, reading, cursor }, page, nowMs) {
      return db.transact(() => {
        // It was saved anew, or removed, while its vendor was asked.
        if (byId.get(sourceId)?.cursor !== (cursor ?? NEVER_ASKED)) return 0
        learn(sourceId, reading, page)
        const found = addChanges(sourceId, reading, page, nowMs)
        advance.run({ sourceId, cursor: page.cursor, found })
        return found
      })
    },
    ended: (sourceId, dueAtMs, nowMs) =>
      void raw
        .prepare('UPDATE hook_readings SET due_at = ?, asked_at = ?, failures = 0, problem_json = NULL WHERE source_id = ?')
        .run(dueAtMs, nowMs, sourceId),
    failed: (sourceId, problem) =>
      void raw
        .prepare('UPDATE hook_readings SET due_at = ?, failures = failures + 1, problem_json = ? WHERE source_id = ?')
        .run(problem.againAtMs, JSON.stringify(problem), sourceId),
    knownIds: (sourceId) =>
      raw
        .prepare<[string], { content_id: string }>(
          `SELECT content_id FROM content_index WHERE source_id = ? AND gone = 0 ORDER BY changed_at DESC LIMIT ${MOST_KNOWN}`,
        )
        .all(sourceId)
        .map((row) => row.content_id),
  }
}

/** Whether a reading is one for this kind of source. */
export const fits = (kind: string, reading: Reading): boolean => {
  const parsed = SourceKind.safeParse(kind)
  return parsed.success && isReadable(parsed.data) && parsed.data === reading.kind
}
