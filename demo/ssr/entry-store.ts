import { readTags } from '../content/ssr-content.ts'
import type { DemoDatabase } from '../platform/database.ts'
import type { SsrEntry } from './ssr-entry.ts'

type Row = Omit<SsrEntry, 'cacheTags' | 'lastRefresh' | 'failure'> & {
  readonly cacheTags: string
  readonly startedOn: string
  readonly endedOn: string
  readonly duration: number
  readonly failedOn: string | null
  readonly error: string | null
}

const columns =
  'path, contentHash, size, cacheTags, startedOn, endedOn, duration, refreshedOn, expiresOn, marks, markedOn, purgeDueOn, failedOn, error'

/** The SSR cache's table: one row for each page that was ever rendered. */
export class SsrEntryStore {
  readonly #database: DemoDatabase

  constructor(database: DemoDatabase) {
    this.#database = database
  }

  find(path: string): SsrEntry | null {
    const row = this.#database.prepare<[string], Row>(`SELECT ${columns} FROM ssrEntries WHERE path = ?`).get(path)
    return row === undefined ? null : read(row)
  }

  content(path: string): string | null {
    const row = this.#database.prepare<[string], { content: string }>('SELECT content FROM ssrEntries WHERE path = ?').get(path)
    return row?.content ?? null
  }

  /** By path, those behind `after`. */
  list(after = ''): readonly SsrEntry[] {
    return this.#database
      .prepare<[string], Row>(`SELECT ${columns} FROM ssrEntries WHERE path > ? ORDER BY path`)
      .all(after)
      .map(read)
  }

  put(entry: SsrEntry, content: string): void {
    const { lastRefresh, cacheTags, failure: _failure, ...rest } = entry
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO ssrEntries (${columns}, content) VALUES (@path, @contentHash, @size, @cacheTags, @startedOn,
         @endedOn, @duration, @refreshedOn, @expiresOn, @marks, @markedOn, @purgeDueOn, NULL, NULL, @content)`,
      )
      .run({ ...rest, ...lastRefresh, cacheTags: JSON.stringify(cacheTags), content })
  }

  setExpiresOn(path: string, expiresOn: string): void {
    this.#database.prepare('UPDATE ssrEntries SET expiresOn = ? WHERE path = ?').run(expiresOn, path)
  }

  setFailure(path: string, on: string, error: string): void {
    this.#database.prepare('UPDATE ssrEntries SET failedOn = ?, error = ? WHERE path = ?').run(on, error, path)
  }

  mark(paths: readonly string[], on: string): void {
    const mark = this.#database.prepare(
      `UPDATE ssrEntries SET marks = marks + 1, markedOn = @on, purgeDueOn = @on, expiresOn = min(expiresOn, @on)
       WHERE path = @path`,
    )
    this.#database.transaction(() => {
      for (const path of paths) mark.run({ path, on })
    })()
  }

  /** Somebody took care of the edge's copies. A mark that came later still waits. */
  clearPurgeDue(path: string, marks: number): void {
    this.#database.prepare('UPDATE ssrEntries SET purgeDueOn = NULL WHERE path = ? AND marks = ?').run(path, marks)
  }
}

function read(row: Row): SsrEntry {
  const { cacheTags, startedOn, endedOn, duration, failedOn, error, ...rest } = row
  return {
    ...rest,
    cacheTags: readTags(cacheTags),
    lastRefresh: { startedOn, endedOn, duration },
    failure: failedOn === null ? null : { on: failedOn, error: error ?? '' },
  }
}
