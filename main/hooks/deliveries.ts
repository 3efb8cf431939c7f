import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { HookEvent } from '#shared/hook-rules.ts'
import type { Delivery, DeliveryDetail, HookWork } from '#shared/hooks.ts'
import type { Raw } from '#main/platform/database.ts'
import type { WorkStore } from './work-store.ts'

const Result = z.object({
  rules: z.array(z.object({ ruleId: z.string(), did: z.array(z.string()) })),
  work: z.array(z.number()),
})
const NOTHING = { rules: [], work: [] }
/** More of a payload than a person reads. */
const SHOWN_BYTES = 200_000

interface Row {
  id: number
  received_at: number
  source_id: string
  name: string
  state: Delivery['state']
  reason: string | null
  event: string | null
  raw_event: string | null
  type: string | null
  content_id: string | null
  result_json: string | null
  changed_at: number | null
  same_as: number | null
  replay_of: number | null
  bytes: number
}

/** What a plan has cost, or would; null when it is not there any more. */
export type CostOf = (planId: string) => HookWork['cost']

/** What was delivered, for people to read. */
export interface Deliveries {
  list(wish: {
    readonly siteId: string
    readonly sourceId?: string | undefined
    readonly before: number | null
    readonly limit: number
  }): { rows: Delivery[]; next: number | null }
  /** Throws `NOT_FOUND`. */
  read(deliveryId: number): DeliveryDetail
  /** Stores it once more, to be worked through by the rules of today. Throws `NOT_FOUND` and `CONFLICT`. */
  replay(deliveryId: number, nowMs: number): number
}

const COLUMNS = `hook_events.id, received_at, source_id, name, hook_events.state, reason, event, raw_event, type, content_id,
  result_json, hook_events.changed_at, same_as, replay_of, length(body) AS bytes`

export function createDeliveries(raw: Raw, work: WorkStore, costOf: CostOf): Deliveries {
  const list = raw.prepare<{ siteId: string; sourceId: string | null; before: number; limit: number }, Row>(
    `SELECT ${COLUMNS} FROM hook_events JOIN hook_sources ON hook_sources.id = source_id
     WHERE site_id = @siteId AND (@sourceId IS NULL OR source_id = @sourceId) AND hook_events.id < @before
     ORDER BY hook_events.id DESC LIMIT @limit`,
  )
  const byId = raw.prepare<[number], Row & { headers_json: string; body: Uint8Array }>(
    `SELECT ${COLUMNS}, headers_json, body FROM hook_events JOIN hook_sources ON hook_sources.id = source_id WHERE hook_events.id = ?`,
  )
  const again = raw.prepare(`INSERT INTO hook_events (source_id, received_at, state, headers_json, body, replay_of, changed_at)
    SELECT source_id, ?, 'waiting', headers_json, body, id, changed_at FROM hook_events WHERE id = ?`)

  function toDelivery(row: Row): Delivery {
    const result = row.result_json === null ? NOTHING : Result.parse(JSON.parse(row.result_json))
    return {
      id: row.id,
      atMs: row.received_at,
      sourceId: row.source_id,
      sourceName: row.name,
      state: row.state,
      reason: row.reason,
      event: HookEvent.safeParse(row.event).data ?? null,
      rawEvent: row.raw_event,
      type: row.type,
      contentId: row.content_id,
      rules: result.rules,
      work: [...work.read(result.work).values()].map((one) => ({
        ...one,
        cost: one.kind === 'plan' && one.ref !== null ? costOf(one.ref) : null,
      })),
      replayOf: row.replay_of,
      changedAtMs: row.changed_at,
      sameAs: row.same_as,
      sizeBytes: row.bytes,
    }
  }

  function need(deliveryId: number): NonNullable<ReturnType<typeof byId.get>> {
    const row = byId.get(deliveryId)
    if (row) return row
    throw new AppError('NOT_FOUND', 'This delivery is not kept any more.', { field: 'deliveryId', fix: 'Load the list again.' })
  }

  return {
    list({ siteId, sourceId, before, limit }) {
      const found = list.all({ siteId, sourceId: sourceId ?? null, before: before ?? Number.MAX_SAFE_INTEGER, limit: limit + 1 })
      return { rows: found.slice(0, limit).map(toDelivery), next: found.length > limit ? (found[limit - 1]?.id ?? null) : null }
    },
    read(deliveryId) {
      const row = need(deliveryId)
      return {
        ...toDelivery(row),
        // We wrote this JSON ourselves.
        headers: JSON.parse(row.headers_json) as [string, string][],
        payload: new TextDecoder().decode(row.body.subarray(0, SHOWN_BYTES)),
        cut: row.bytes > SHOWN_BYTES,
      }
    },
    replay(deliveryId, nowMs) {
      if (need(deliveryId).state === 'refused')
        throw new AppError('CONFLICT', 'This delivery was refused, so its content was not kept.', {
          fix: 'Have the sender send it again.',
        })
      return Number(again.run(nowMs, deliveryId).lastInsertRowid)
    },
  }
}
