import type { DemoDatabase } from '../platform/database.ts'
import { isRecord } from '../platform/state.ts'
import type { CacheTag } from '../site/html.ts'
import { seedSsrPages } from './seed-ssr-pages.ts'

/** What a page of the SSR area is rendered from, beside the menus. */
export interface SsrPage {
  /** Percent-encoded. */
  readonly path: string
  readonly title: string
  readonly text: string
  readonly tags: readonly CacheTag[]
}

type Row = Omit<SsrPage, 'tags'> & { readonly tags: string }

export class SsrContent {
  readonly #database: DemoDatabase

  constructor(database: DemoDatabase) {
    this.#database = database
  }

  /** The pages in their order; the indexes come first. */
  list(): readonly SsrPage[] {
    return this.#database.prepare<[], Row>('SELECT path, title, text, tags FROM ssrPages ORDER BY position').all().map(read)
  }

  find(path: string): SsrPage | null {
    const row = this.#database.prepare<[string], Row>('SELECT path, title, text, tags FROM ssrPages WHERE path = ?').get(path)
    return row === undefined ? null : read(row)
  }

  /** @returns false when there is no such page. */
  setText(path: string, text: string): boolean {
    return this.#database.prepare('UPDATE ssrPages SET text = ? WHERE path = ?').run(text, path).changes === 1
  }

  /** Adds the area to a folder from before it existed. @returns whether it was missing. */
  ensure(): boolean {
    if (this.list().length > 0) return false
    this.#database.transaction(() => seedSsrPages(this.#database))()
    return true
  }
}

function read(row: Row): SsrPage {
  return { ...row, tags: readTags(row.tags) }
}

/** Tags as a table keeps them: a JSON array. */
export function readTags(text: string): readonly CacheTag[] {
  const tags: unknown = JSON.parse(text)
  return Array.isArray(tags) ? tags.filter(isCacheTag) : []
}

export function isCacheTag(value: unknown): value is CacheTag {
  return (
    isRecord(value) &&
    typeof value['class'] === 'string' &&
    value['class'] !== '' &&
    (value['id'] === undefined || typeof value['id'] === 'string')
  )
}
