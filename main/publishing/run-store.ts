import { countOf } from '#shared/count-of.ts'
import { AppError } from '#shared/errors.ts'
import type { DeployRun, DeployState } from '#shared/publishing.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { packJson, unpackJson } from '#main/platform/pack.ts'
import type { LocalRelease } from '#main/providers/publisher.ts'

/** A deploy as it is on disk: what was begun, and how far it has come. */
export interface StoredRun {
  readonly id: string
  readonly siteId: string
  readonly state: DeployState
  readonly releaseId: string
  readonly title: string
  readonly by: string
  readonly message: string
  readonly startedAtMs: number
  readonly endedAtMs: number | null
}

export interface RunStore {
  begin(siteId: string, release: LocalRelease, by: string): StoredRun
  /** Writes the step that is taken next, before it is taken. */
  step(id: string, state: DeployState, message: string): StoredRun
  /** Throws `NOT_FOUND`. */
  read(id: string): StoredRun
  /** What is uploaded; null once it lies there, or was given up. */
  release(id: string): LocalRelease | null
  unfinished(siteId?: string): StoredRun[]
  /** The last deploy of a release; null when there was none. */
  lastOf(siteId: string, releaseId: string): StoredRun | null
  list(siteId: string): { readonly run: StoredRun; readonly steps: DeployRun['steps'] }[]
}

interface Row {
  id: string
  site_id: string
  state: DeployState
  release_id: string
  title: string
  by: string
  message: string
  started_at: number
  ended_at: number | null
}

const SHOWN = 10
const KEPT = 100
const COLUMNS = 'id, site_id, state, release_id, title, by, message, started_at, ended_at'
const ENDED: readonly DeployState[] = ['done', 'held', 'failed', 'cancelled']
const UNFINISHED = `ended_at IS NULL`

export const hasEnded = (state: DeployState): boolean => ENDED.includes(state)

export function createRunStore(db: Database, changes: Changes, clock: Clock): RunStore {
  const { raw } = db
  const one = raw.prepare<[string], Row>(`SELECT ${COLUMNS} FROM deploy_runs WHERE id = ?`)
  const stepsOf = raw.prepare<[string], { atMs: number; text: string }>(
    'SELECT at AS atMs, text FROM deploy_steps WHERE run_id = ? ORDER BY id',
  )
  const write = raw.prepare('INSERT INTO deploy_steps (run_id, at, state, text) VALUES (?, ?, ?, ?)')
  const read = (id: string): StoredRun => {
    const row = one.get(id)
    if (row) return toStored(row)
    throw new AppError('NOT_FOUND', 'This deploy is not known here.', { field: 'runId', fix: 'Open the list of deploys.' })
  }
  return {
    read,
    begin(siteId, release, by) {
      const id = crypto.randomUUID()
      const nowMs = clock()
      const message = `Bringing ${countOf(release.files.length, 'file')} to the bucket.`
      db.transact(() => {
        raw
          .prepare(`INSERT INTO deploy_runs (id, site_id, state, release_id, title, release, by, message, started_at)
            VALUES (?, ?, 'uploading', ?, ?, ?, ?, ?, ?)`)
          .run(id, siteId, release.id, release.title, packJson(release), by, message, nowMs)
        write.run(id, nowMs, 'uploading', message)
        raw
          .prepare(`DELETE FROM deploy_runs WHERE site_id = ? AND ended_at IS NOT NULL AND id NOT IN (
            SELECT id FROM deploy_runs WHERE site_id = ? ORDER BY started_at DESC LIMIT ${KEPT})`)
          .run(siteId, siteId)
      })
      changes.tell('publishing')
      return read(id)
    },
    step(id, state, message) {
      const nowMs = clock()
      db.transact(() => {
        raw
          .prepare(`UPDATE deploy_runs SET state = ?, message = ?, ended_at = ?,
            release = CASE WHEN ? THEN release END WHERE id = ?`)
          .run(state, message, hasEnded(state) ? nowMs : null, state === 'uploading' ? 1 : 0, id)
        write.run(id, nowMs, state, message)
      })
      changes.tell('publishing')
      return read(id)
    },
    release(id) {
      const row = raw.prepare<[string], { release: Uint8Array | null }>('SELECT release FROM deploy_runs WHERE id = ?').get(id)
      if (!row?.release) return null
      // We packed it ourselves; a Frostline before this one packed no rules.
      const packed = unpackJson(row.release) as Omit<LocalRelease, 'redirects'> & Partial<LocalRelease>
      return { ...packed, redirects: packed.redirects ?? [] }
    },
    unfinished: (siteId) =>
      raw
        .prepare<[], Row>(`SELECT ${COLUMNS} FROM deploy_runs WHERE ${UNFINISHED} ORDER BY started_at`)
        .all()
        .map(toStored)
        .filter((run) => siteId === undefined || run.siteId === siteId),
    lastOf(siteId, releaseId) {
      const row = raw
        .prepare<[string, string], Row>(
          `SELECT ${COLUMNS} FROM deploy_runs WHERE site_id = ? AND release_id = ? ORDER BY started_at DESC, rowid DESC LIMIT 1`,
        )
        .get(siteId, releaseId)
      return row ? toStored(row) : null
    },
    list: (siteId) =>
      raw
        .prepare<[string], Row>(
          `SELECT ${COLUMNS} FROM deploy_runs WHERE site_id = ? ORDER BY started_at DESC, rowid DESC LIMIT ${SHOWN}`,
        )
        .all(siteId)
        .map((row) => ({ run: toStored(row), steps: stepsOf.all(row.id) })),
  }
}

function toStored(row: Row): StoredRun {
  return {
    id: row.id,
    siteId: row.site_id,
    state: row.state,
    releaseId: row.release_id,
    title: row.title,
    by: row.by,
    message: row.message,
    startedAtMs: row.started_at,
    endedAtMs: row.ended_at,
  }
}
