import type { DemoDatabase } from './database.ts'

/** Small named values that outlive a restart. A value that does not pass its check counts as absent. */
export class StateStore {
  readonly #database: DemoDatabase

  constructor(database: DemoDatabase) {
    this.#database = database
  }

  read<Value>(key: string, isValue: (value: unknown) => value is Value): Value | null {
    const row = this.#database.prepare<[string], { value: string }>('SELECT value FROM state WHERE key = ?').get(key)
    if (row === undefined) return null
    const value: unknown = JSON.parse(row.value)
    return isValue(value) ? value : null
  }

  write(key: string, value: unknown): void {
    this.#database
      .prepare('INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, JSON.stringify(value))
  }
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
