import { AppError } from '#shared/errors.ts'
import type { InspectionRun, RunSelection } from '#shared/inspection-runs.ts'
import type { Database } from '#main/platform/database.ts'

/** A run as it is stored; what only the running program knows (time left, pauses) is added by `createRuns`. */
export type StoredRun = Omit<InspectionRun, 'leftMs' | 'waitsUntilMs'>

interface Row {
  readonly id: number
  readonly site_id: string
  readonly state: InspectionRun['state']
  readonly by: string
  readonly started_at: number
  readonly ended_at: number | null
  readonly selection_json: string
  readonly total: number
  readonly renders_at_most: number
  readonly done: number
  readonly failed: number
  readonly filled: number
  readonly renders: number
  readonly changed: number
  readonly note: string
}

export interface RunStore {
  /** Throws `CONFLICT` when a run of the site is under way. */
  insert(run: {
    readonly siteId: string
    readonly selection: RunSelection
    readonly total: number
    readonly rendersAtMost: number
    readonly by: string
    readonly atMs: number
  }): StoredRun
  /** Throws `NOT_FOUND`. */
  read(runId: number): StoredRun
  latest(siteId: string): StoredRun | null
  /** Runs that are running or paused. */
  underWay(): StoredRun[]
  setState(
    runId: number,
    state: InspectionRun['state'],
    more: { readonly endedAtMs: number | null; readonly note?: string },
  ): void
  allow(runId: number, rendersAtMost: number): void
}

/** Ended runs that are kept of a site. */
const KEPT = 50

export function createRunStore({ raw, transact }: Database): RunStore {
  const one = raw.prepare<[number], Row>('SELECT * FROM inspection_runs WHERE id = ?')
  const last = raw.prepare<[string], Row>('SELECT * FROM inspection_runs WHERE site_id = ? ORDER BY id DESC LIMIT 1')
  const open = raw.prepare<[], Row>(`SELECT * FROM inspection_runs WHERE state IN ('running', 'paused') ORDER BY id`)
  const openOf = raw.prepare<[string], Row>(`SELECT * FROM inspection_runs WHERE site_id = ? AND state IN ('running', 'paused')`)
  const add = raw.prepare(`INSERT INTO inspection_runs (site_id, state, by, started_at, selection_json, total, renders_at_most)
    VALUES (@siteId, 'running', @by, @atMs, @selection, @total, @rendersAtMost)`)
  const forget = raw.prepare(`DELETE FROM inspection_runs WHERE site_id = @siteId AND id <= (
    SELECT id FROM inspection_runs WHERE site_id = @siteId ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`)
  const state = raw.prepare(
    'UPDATE inspection_runs SET state = @state, ended_at = @endedAtMs, note = COALESCE(@note, note) WHERE id = @runId',
  )
  const allow = raw.prepare('UPDATE inspection_runs SET renders_at_most = ? WHERE id = ?')
  const read = (runId: number) => {
    const row = one.get(runId)
    if (!row) throw new AppError('NOT_FOUND', 'This check is not kept any more.', { field: 'runId' })
    return runOf(row)
  }
  return {
    insert: (run) =>
      transact(() => {
        if (openOf.get(run.siteId))
          throw new AppError('CONFLICT', 'A check of this site is under way already.', {
            fix: 'Wait for it, or cancel it on the Pages screen.',
          })
        const { lastInsertRowid } = add.run({ ...run, selection: JSON.stringify(run.selection) })
        forget.run({ siteId: run.siteId })
        return read(Number(lastInsertRowid))
      }),
    read,
    latest(siteId) {
      const row = last.get(siteId)
      return row ? runOf(row) : null
    },
    underWay: () => open.all().map(runOf),
    setState: (runId, next, { endedAtMs, note }) => void state.run({ runId, state: next, endedAtMs, note: note ?? null }),
    allow: (runId, rendersAtMost) => void allow.run(rendersAtMost, runId),
  }
}

function runOf(row: Row): StoredRun {
  const { filter, exceptPageIds } = JSON.parse(row.selection_json) as RunSelection
  return {
    id: row.id,
    siteId: row.site_id,
    state: row.state,
    by: row.by,
    startedAtMs: row.started_at,
    endedAtMs: row.ended_at,
    whole: Object.keys(filter).length === 0 && exceptPageIds.length === 0,
    total: row.total,
    done: row.done,
    failed: row.failed,
    filled: row.filled,
    renders: row.renders,
    rendersAtMost: row.renders_at_most,
    changed: row.changed,
    note: row.note,
  }
}
