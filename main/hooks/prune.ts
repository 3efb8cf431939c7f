import type { Raw } from '#main/platform/database.ts'

const DAY_MS = 86_400_000
/** A signature without a time in it stays good: what is known of it is kept longer than its delivery. */
const KEYS_KEPT_DAYS = 400
const ROWS_AT_ONCE = 5_000

/** Removes deliveries that are older than they are kept, a part at a time. What still waits is never removed. */
export function pruneDeliveries(raw: Raw, keepDays: number, nowMs: number): void {
  const before = nowMs - keepDays * DAY_MS
  const remove = [
    [
      `DELETE FROM hook_events WHERE id IN (SELECT id FROM hook_events WHERE received_at < ? AND state <> 'waiting' LIMIT ${ROWS_AT_ONCE})`,
      before,
    ],
    [`DELETE FROM hook_work WHERE id IN (SELECT id FROM hook_work WHERE ended_at < ? LIMIT ${ROWS_AT_ONCE})`, before],
    [
      `DELETE FROM hook_keys WHERE (source_id, key) IN (SELECT source_id, key FROM hook_keys WHERE at < ? LIMIT ${ROWS_AT_ONCE})`,
      nowMs - KEYS_KEPT_DAYS * DAY_MS,
    ],
  ] as const
  for (const [sql, olderThan] of remove) {
    const statement = raw.prepare(sql)
    while (statement.run(olderThan).changes === ROWS_AT_ONCE);
  }
}
