import type { Raw } from '#main/platform/database.ts'
import type { Kept } from './judge.ts'
import { flatValues } from './payload.ts'
import type { EventFacts } from './read-event.ts'

/** What was last known of each piece of content, by its id: an unpublish or a deletion often names nothing else. */
export interface ContentIndex {
  find(sourceId: string, contentId: string | null): Kept
  /** Takes in what an event says of its content, for `find` at once; `write` brings it to the disk, in a transaction. */
  learn(sourceId: string, facts: EventFacts, atMs: number): void
  write(): void
}

/** Whether an event says that its content is public no more. */
export const isGone = (event: EventFacts['event']): boolean => event === 'deleted' || event === 'unpublished'

/** Vendors' own fields about a piece of content lead to no page. */
const OF_THE_VENDOR = /^(sys|_\w+)\b/

export function createContentIndex(raw: Raw): ContentIndex {
  const find = raw.prepare<[string, string], { values_json: string }>(
    'SELECT values_json FROM content_index WHERE source_id = ? AND content_id = ?',
  )
  const save = raw.prepare(`INSERT INTO content_index (source_id, content_id, type, values_json, changed_at, gone)
    VALUES (@sourceId, @contentId, @type, @values, @atMs, @gone)
    ON CONFLICT DO UPDATE SET type = coalesce(@type, type), values_json = @values, changed_at = @atMs, gone = @gone`)
  interface Learned {
    readonly sourceId: string
    readonly contentId: string
    readonly type: string | null
    readonly values: string
    readonly atMs: number
    readonly gone: 0 | 1
  }
  const learned = new Map<string, Learned>()
  return {
    find(sourceId, contentId) {
      if (contentId === null) return null
      const json = learned.get(`${sourceId} ${contentId}`)?.values ?? find.get(sourceId, contentId)?.values_json
      // We wrote this JSON ourselves.
      return json === undefined ? null : (JSON.parse(json) as Kept)
    },
    learn(sourceId, { event, contentId, type, payload }, atMs) {
      if (contentId === null) return
      const values = Object.entries(flatValues(payload)).filter(([path]) => !OF_THE_VENDOR.test(path))
      const gone = isGone(event)
      // The little that a deletion says must not take the place of what is known.
      const before = gone ? this.find(sourceId, contentId) : null
      if (values.length === 0 && before === null) return
      const json = JSON.stringify(before ?? Object.fromEntries(values))
      learned.set(`${sourceId} ${contentId}`, { sourceId, contentId, type, values: json, atMs, gone: gone ? 1 : 0 })
    },
    write() {
      for (const entry of learned.values()) save.run(entry)
      learned.clear()
    },
  }
}
