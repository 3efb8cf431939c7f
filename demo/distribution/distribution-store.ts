import { randomLetters } from '../platform/identity.ts'
import type { DemoClock } from '../platform/clock.ts'
import type { DemoDatabase } from '../platform/database.ts'

export interface DistributionState {
  readonly id: string
  /** `/releases/r-7`, or empty. */
  readonly originPath: string
  readonly etag: string
  readonly status: 'InProgress' | 'Deployed'
  readonly modifiedOn: string
}

/** The changeable part of the distributions; everything else about them is fixed. */
export class DistributionStore {
  readonly #database: DemoDatabase
  readonly #clock: DemoClock

  constructor(database: DemoDatabase, clock: DemoClock) {
    this.#database = database
    this.#clock = clock
  }

  /** Adds the distribution unless it is known. */
  ensure(id: string): void {
    this.#database
      .prepare(
        `INSERT INTO distributions (id, originPath, etag, status, modifiedOn) VALUES (?, '', ?, 'Deployed', ?)
       ON CONFLICT (id) DO NOTHING`,
      )
      .run(id, newETag(), this.#clock.nowIso())
  }

  find(id: string): DistributionState | null {
    return this.#database.prepare<[string], DistributionState>('SELECT * FROM distributions WHERE id = ?').get(id) ?? null
  }

  setOriginPath(id: string, originPath: string, status: DistributionState['status']): void {
    this.#database
      .prepare('UPDATE distributions SET originPath = ?, etag = ?, status = ?, modifiedOn = ? WHERE id = ?')
      .run(originPath, newETag(), status, this.#clock.nowIso(), id)
  }

  setDeployed(id: string): void {
    this.#database.prepare(`UPDATE distributions SET status = 'Deployed' WHERE id = ?`).run(id)
  }
}

/** `r-7` for `/releases/r-7`, else null. */
export function releaseIdIn(originPath: string): string | null {
  return /^\/releases\/(r-\d+)$/.exec(originPath)?.[1] ?? null
}

function newETag(): string {
  return `E${randomLetters(12)}`
}
