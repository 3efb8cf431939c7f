import type { DemoDatabase } from '../platform/database.ts'
import type { BuildProgress } from './worker-messages.ts'
import { isRecord } from '../platform/state.ts'

export type BuildState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'

/** One build; all instants are RFC 3339 in the demo's time. */
export interface Build {
  /** The build is `b-<number>`, its release `r-<number>`. */
  readonly number: number
  readonly state: BuildState
  readonly title: string
  readonly causes: readonly string[]
  readonly queuedOn: string
  readonly startsOn: string
  readonly startedOn: string | null
  readonly endedOn: string | null
  readonly progress: BuildProgress | null
  readonly error: string | null
  readonly releaseId: string | null
}

type Row = Omit<Build, 'causes' | 'progress'> & { readonly causes: string; readonly progress: string | null }

export class BuildStore {
  readonly #database: DemoDatabase

  constructor(database: DemoDatabase) {
    this.#database = database
  }

  add(build: {
    readonly title: string
    readonly causes: readonly string[]
    readonly queuedOn: string
    readonly startsOn: string
  }): Build {
    const { lastInsertRowid } = this.#database
      .prepare(`INSERT INTO builds (state, title, causes, queuedOn, startsOn) VALUES ('queued', ?, ?, ?, ?)`)
      .run(build.title, JSON.stringify(build.causes), build.queuedOn, build.startsOn)
    return this.get(Number(lastInsertRowid))
  }

  find(number: number): Build | null {
    const row = this.#database.prepare<[number], Row>('SELECT * FROM builds WHERE number = ?').get(number)
    return row === undefined ? null : read(row)
  }

  /** @throws when there is no such build. */
  get(number: number): Build {
    const build = this.find(number)
    if (build === null) throw new Error(`There is no build b-${String(number)}.`)
    return build
  }

  /** Changes some members and returns the whole. */
  update(number: number, changes: Partial<Omit<Build, 'number'>>): Build {
    const build = { ...this.get(number), ...changes }
    this.#database
      .prepare(
        `UPDATE builds SET state = @state, causes = @causes, startsOn = @startsOn, startedOn = @startedOn, endedOn = @endedOn,
         progress = @progress, error = @error, releaseId = @releaseId WHERE number = @number`,
      )
      .run({
        ...build,
        causes: JSON.stringify(build.causes),
        progress: build.progress === null ? null : JSON.stringify(build.progress),
      })
    return build
  }

  inState(state: BuildState): readonly Build[] {
    return this.#database.prepare<[string], Row>('SELECT * FROM builds WHERE state = ? ORDER BY number').all(state).map(read)
  }

  /** Newest first. */
  list(limit: number): readonly Build[] {
    return this.#database.prepare<[number], Row>('SELECT * FROM builds ORDER BY number DESC LIMIT ?').all(limit).map(read)
  }
}

function read(row: Row): Build {
  const causes: unknown = JSON.parse(row.causes)
  const progress: unknown = row.progress === null ? null : JSON.parse(row.progress)
  return {
    ...row,
    causes: Array.isArray(causes) ? causes.filter((cause) => typeof cause === 'string') : [],
    progress: isProgress(progress) ? progress : null,
  }
}

function isProgress(value: unknown): value is BuildProgress {
  return (
    isRecord(value) &&
    typeof value['done'] === 'number' &&
    typeof value['total'] === 'number' &&
    typeof value['phase'] === 'string'
  )
}
