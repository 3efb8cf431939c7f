import { randomLetters } from '../platform/identity.ts'
import type { DemoDatabase } from '../platform/database.ts'

export interface Invalidation {
  readonly sequence: number
  readonly id: string
  readonly distributionId: string
  readonly callerReference: string
  readonly items: readonly string[]
  readonly createdOn: string
  readonly status: 'InProgress' | 'Completed'
}

type Row = Omit<Invalidation, 'items'> & { readonly items: string }

/** All invalidations ever accepted; a caller reference is known for good. */
export class InvalidationStore {
  readonly #database: DemoDatabase

  constructor(database: DemoDatabase) {
    this.#database = database
  }

  add(distributionId: string, callerReference: string, items: readonly string[], createdOn: string): Invalidation {
    const id = `I${randomLetters(25)}`
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO invalidations (id, distributionId, callerReference, items, createdOn, status)
       VALUES (?, ?, ?, ?, ?, 'InProgress')`,
      )
      .run(id, distributionId, callerReference, JSON.stringify(items), createdOn)
    return { sequence: Number(lastInsertRowid), id, distributionId, callerReference, items, createdOn, status: 'InProgress' }
  }

  byReference(distributionId: string, callerReference: string): Invalidation | null {
    return first(
      this.#database
        .prepare<[string, string], Row>('SELECT * FROM invalidations WHERE distributionId = ? AND callerReference = ?')
        .get(distributionId, callerReference),
    )
  }

  byId(distributionId: string, id: string): Invalidation | null {
    return first(
      this.#database
        .prepare<[string, string], Row>('SELECT * FROM invalidations WHERE distributionId = ? AND id = ?')
        .get(distributionId, id),
    )
  }

  inProgress(): readonly Invalidation[] {
    return this.#database
      .prepare<[], Row>(`SELECT * FROM invalidations WHERE status = 'InProgress' ORDER BY sequence`)
      .all()
      .map(read)
  }

  complete(id: string): void {
    this.#database.prepare(`UPDATE invalidations SET status = 'Completed' WHERE id = ?`).run(id)
  }

  count(): number {
    return this.#database.prepare<[], { count: number }>('SELECT count(*) AS count FROM invalidations').get()?.count ?? 0
  }

  /** Newest first, those after the one that the marker names. @returns null when the marker is unknown. */
  page(distributionId: string, marker: string | null, limit: number): readonly Invalidation[] | null {
    const before = marker === null || marker === '' ? null : this.byId(distributionId, marker)
    if (marker !== null && marker !== '' && before === null) return null
    return this.#database
      .prepare<[string, number, number], Row>(
        'SELECT * FROM invalidations WHERE distributionId = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
      )
      .all(distributionId, before?.sequence ?? Number.MAX_SAFE_INTEGER, limit)
      .map(read)
  }
}

function first(row: Row | undefined): Invalidation | null {
  return row === undefined ? null : read(row)
}

function read(row: Row): Invalidation {
  const items: unknown = JSON.parse(row.items)
  return { ...row, items: Array.isArray(items) ? items.filter((item) => typeof item === 'string') : [] }
}
