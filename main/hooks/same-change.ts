import type { Raw } from '#main/platform/database.ts'
import { isGone } from './content-index.ts'
import type { EventFacts } from './read-event.ts'
import type { WaitingDelivery } from './waiting.ts'

/** The id of what told of the same change before; null when this is the first to tell of it. */
export type SameChange = (delivery: WaitingDelivery, facts: EventFacts) => number | null

interface Earlier {
  readonly id: number
  readonly event: string
  readonly asked: boolean
}

/**
 * Finds changes that came in two ways: delivered, and found by asking. They are the same by their version; content that is
 * gone has none, and cannot go again. Deliveries that repeat each other were told apart when they came. For one round of
 * deliveries, the oldest first.
 */
export function createSameChange(raw: Raw): SameChange {
  interface Row {
    id: number
    event: string | null
    changed_at: number | null
  }
  const byKey = raw.prepare<[string, string, number], Row>(
    `SELECT id, event, changed_at FROM hook_events WHERE source_id = ? AND change_key = ? AND id < ? AND same_as IS NULL
     AND replay_of IS NULL ORDER BY changed_at IS NULL LIMIT 1`,
  )
  const lastOfContent = raw.prepare<[string, string, number], Row>(
    `SELECT id, event, changed_at FROM hook_events WHERE source_id = ? AND content_id = ? AND id < ? AND same_as IS NULL
     AND state = 'done' AND replay_of IS NULL ORDER BY id DESC LIMIT 1`,
  )
  /** Of this round: they are not written yet. */
  const inRound = new Map<string, Earlier>()
  const toEarlier = (row: Row | undefined): Earlier | undefined =>
    row && { id: row.id, event: row.event ?? '', asked: row.changed_at !== null }
  return ({ id, source, changedAtMs, isReplay }, { event, contentId, changeKey }) => {
    if (isReplay) return null
    const asked = changedAtMs !== null
    const gone = isGone(event)
    const content = contentId === null ? null : `c ${source.id} ${contentId}`
    const key = changeKey === null ? null : `k ${source.id} ${changeKey}`
    let earlier: Earlier | undefined
    if (key !== null && changeKey !== null) earlier = inRound.get(key) ?? toEarlier(byKey.get(source.id, changeKey, id))
    else if (gone && content !== null && contentId !== null) {
      const last = inRound.get(content) ?? toEarlier(lastOfContent.get(source.id, contentId, id))
      earlier = last?.event === event ? last : undefined
    }
    if (earlier && (asked || earlier.asked)) return earlier.id
    for (const place of [key, content]) if (place !== null) inRound.set(place, { id, event, asked })
    return null
  }
}
