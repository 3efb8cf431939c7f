import { SourceKind } from '#shared/hook-sources.ts'
import type { Raw } from '#main/platform/database.ts'
import type { SourceRow } from './sources.ts'

/** A delivery that waits to be worked through. */
export interface WaitingDelivery {
  readonly id: number
  readonly atMs: number
  /** When it changed, by its vendor's clock; null: it was delivered rather than found by asking. */
  readonly changedAtMs: number | null
  readonly isReplay: boolean
  readonly source: SourceRow
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
}

const AT_ONCE = 500
const BYTES_AT_ONCE = 8_000_000

interface Row {
  id: number
  received_at: number
  changed_at: number | null
  replay_of: number | null
  headers_json: string
  body: Uint8Array
  source_id: string
  site_id: string
  kind: string
  name: string
}

/** The oldest that wait, not more than fits into a moment and a little memory. */
export function readWaiting(raw: Raw): WaitingDelivery[] {
  const sizes = raw
    .prepare<[], { id: number; bytes: number }>(
      `SELECT id, length(body) AS bytes FROM hook_events WHERE state = 'waiting' ORDER BY id LIMIT ${AT_ONCE}`,
    )
    .all()
  let bytes = 0
  const fitting = sizes.filter((size, index) => (bytes += size.bytes) <= BYTES_AT_ONCE || index === 0)
  const last = fitting.at(-1)
  if (!last) return []
  return raw
    .prepare<[number], Row>(
      `SELECT hook_events.id, received_at, changed_at, replay_of, headers_json, body, source_id, site_id, kind, name
       FROM hook_events JOIN hook_sources ON hook_sources.id = hook_events.source_id
       WHERE hook_events.state = 'waiting' AND hook_events.id <= ? ORDER BY hook_events.id`,
    )
    .all(last.id)
    .map(toDelivery)
}

export function countWaiting(raw: Raw): number {
  return raw.prepare<[], { count: number }>(`SELECT count(*) AS count FROM hook_events WHERE state = 'waiting'`).get()?.count ?? 0
}

function toDelivery(row: Row): WaitingDelivery {
  return {
    id: row.id,
    atMs: row.received_at,
    changedAtMs: row.changed_at,
    isReplay: row.replay_of !== null,
    source: { id: row.source_id, siteId: row.site_id, kind: SourceKind.parse(row.kind), name: row.name },
    // We wrote this JSON ourselves.
    headers: new Map(JSON.parse(row.headers_json) as [string, string][]),
    body: row.body,
  }
}
