import type { Database } from '#main/platform/database.ts'

/** One request to the edge, as it is on disk. */
export interface Purge {
  readonly id: string
  readonly siteId: string
  readonly planId: string
  readonly account: string
  /** Fixed when the intent is written, and the same for every repetition. */
  readonly reference: string
  readonly items: readonly string[]
  /** `covered`: its items went with other purges, or with one that took its place. */
  readonly state: 'intent' | 'sent' | 'completed' | 'refused' | 'covered'
  readonly remoteId: string | null
  readonly intentAtMs: number
  /** Since when a call may have arrived; null while it is certain that none has. */
  readonly begunAtMs: number | null
  readonly by: string
}

export interface PurgeRow {
  id: string
  site_id: string
  plan_id: string
  account: string
  reference: string
  items_json: string
  state: Purge['state']
  remote_id: string | null
  intent_at: number
  begun_at: number | null
  by: string
}

export function toPurge(row: PurgeRow): Purge {
  return {
    id: row.id,
    siteId: row.site_id,
    planId: row.plan_id,
    account: row.account,
    reference: row.reference,
    items: JSON.parse(row.items_json) as string[],
    state: row.state,
    remoteId: row.remote_id,
    intentAtMs: row.intent_at,
    begunAtMs: row.begun_at,
    by: row.by,
  }
}

/** The ledger's part; the budget feature supplies it. */
export interface LedgerPort {
  /** The name of a request at the vendor: drawn once, stored, and the same for every repetition. */
  reference(person: string, planId: string, part: number): string
  /** Throws `CONFLICT` when so many items may not be sent now. */
  guard(intended: { account: string; siteId: string; planId: string; items: number; automatic?: boolean }): void
  reserve(account: string, purgeId: string, items: number): void
  commit(account: string, purgeId: string, items: number, createdAtMs: number): void
  release(account: string, purgeId: string, items: number): void
}

/** Writes further intents of a plan, each with its reservation. Call it inside a transaction. */
export function createIntents(db: Database, ledger: LedgerPort, clock: () => number) {
  const insert = db.raw
    .prepare(`INSERT INTO purges (id, site_id, plan_id, account, reference, items_json, item_count, state, intent_at, by)
    VALUES (@id, @siteId, @planId, @account, @reference, @items, @count, 'intent', @intentAtMs, @by)`)
  const parts = db.raw.prepare<[string], { parts: number }>('SELECT COUNT(*) AS parts FROM purges WHERE plan_id = ?')
  return (of: Pick<Purge, 'siteId' | 'planId' | 'account' | 'by'>, items: readonly string[]): Purge => {
    const part = (parts.get(of.planId)?.parts ?? 0) + 1
    const purge: Purge = {
      ...of,
      id: `${of.planId}-${part}`,
      reference: ledger.reference(of.by, of.planId, part),
      items,
      state: 'intent',
      remoteId: null,
      intentAtMs: clock(),
      begunAtMs: null,
    }
    const { remoteId: _none, begunAtMs: _never, state: _new, ...row } = purge
    insert.run({ ...row, items: JSON.stringify(items), count: items.length })
    ledger.reserve(of.account, purge.id, items.length)
    return purge
  }
}
