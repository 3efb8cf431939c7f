import type { DemoDatabase } from '../platform/database.ts'
import { isRecord } from '../platform/state.ts'
import type { CacheEntry } from './cache-entry.ts'
import type { Purgeable } from './purge-items.ts'

type StoredAbout = Omit<CacheEntry, 'body'>

/** The copies of one PoP: answered from memory, written through to the database so that a restart keeps them. */
export class EntryStore {
  readonly #database: DemoDatabase
  readonly #pop: string
  readonly #entries = new Map<string, CacheEntry>()

  constructor(database: DemoDatabase, pop: string) {
    this.#database = database
    this.#pop = pop
    const rows = database
      .prepare<[string], { about: string; body: Buffer }>('SELECT about, body FROM edgeEntries WHERE pop = ?')
      .all(pop)
    for (const row of rows) {
      const about: unknown = JSON.parse(row.about)
      if (isStoredAbout(about)) this.#entries.set(about.key, { ...about, body: row.body })
    }
  }

  get(key: string): CacheEntry | null {
    return this.#entries.get(key) ?? null
  }

  all(): readonly CacheEntry[] {
    return [...this.#entries.values()]
  }

  put(entry: CacheEntry): void {
    const { body, ...about } = entry
    this.#entries.set(entry.key, entry)
    this.#database
      .prepare(
        `INSERT INTO edgeEntries (pop, key, about, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (pop, key) DO UPDATE SET about = excluded.about, body = excluded.body`,
      )
      .run(this.#pop, entry.key, JSON.stringify(about), body)
  }

  remove(key: string): void {
    if (this.#entries.delete(key)) {
      this.#database.prepare('DELETE FROM edgeEntries WHERE pop = ? AND key = ?').run(this.#pop, key)
    }
  }

  /** @returns how many copies were removed. */
  removeWhere(matches: (copy: Purgeable) => boolean): number {
    const removed = this.all().filter(matches)
    const remove = this.#database.prepare('DELETE FROM edgeEntries WHERE pop = ? AND key = ?')
    this.#database.transaction(() => {
      for (const { key } of removed) {
        this.#entries.delete(key)
        remove.run(this.#pop, key)
      }
    })()
    return removed.length
  }

  /** Forgets every copy. */
  clear(): void {
    this.#entries.clear()
    this.#database.prepare('DELETE FROM edgeEntries WHERE pop = ?').run(this.#pop)
  }
}

/** Only {@link EntryStore.put} writes these rows; the check guards against a file of an older version. */
function isStoredAbout(value: unknown): value is StoredAbout {
  return (
    isRecord(value) &&
    typeof value['key'] === 'string' &&
    typeof value['path'] === 'string' &&
    typeof value['storedAtMs'] === 'number' &&
    typeof value['ttlSeconds'] === 'number' &&
    isRecord(value['headers']) &&
    Array.isArray(value['tags'])
  )
}
