import type { Plan, PlanPage } from '#shared/plans.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { PurgeReceipt } from '#main/providers/edge.ts'
import type { CheckItem } from './check-item.ts'
import { markBelow, markPurged } from './mark-purged.ts'
import type { PlanStore } from './store.ts'

/** One request to the edge, as it is on disk. */
export interface Purge {
  readonly id: string
  readonly siteId: string
  readonly account: string
  /** Fixed when the intent is written, and the same for every repetition. */
  readonly reference: string
  readonly items: readonly string[]
  readonly state: 'intent' | 'sent' | 'completed' | 'refused'
  readonly remoteId: string | null
  readonly intentAtMs: number
}

/** The ledger's part; the budget feature supplies it. */
export interface LedgerPort {
  /** The name of a request at the vendor: drawn once, stored, and the same for every repetition. */
  reference(person: string, planId: string, part: number): string
  /** Throws `CONFLICT` when so many items may not be sent now. */
  guard(intended: { account: string; siteId: string; planId: string; items: number }): void
  reserve(account: string, purgeId: string, items: number): void
  commit(account: string, purgeId: string, items: number, createdAtMs: number): void
  release(account: string, purgeId: string, items: number): void
}

/** Purges on disk: the intent before the call, the receipt after it, each with its ledger row in one transaction. */
export interface PurgeQueue {
  /** Writes the intent of a plan, in requests of at most `itemsPerRequest`, together with the plan's new state. */
  intend(plan: Plan, pages: readonly PlanPage[], account: string, itemsPerRequest: number): void
  of(planId: string): Purge[]
  sent(purge: Purge, receipt: PurgeReceipt): void
  /** The edge no longer has what it reaches. `atMs`: an instant at which that was already so, or nearly. */
  completed(purge: Purge, atMs: number): Promise<void>
  /** Nothing arrived: gives the reservation back. Changes nothing once the purge was accepted. */
  refused(purge: Purge, problem: string): void
}

interface Row {
  id: string
  site_id: string
  account: string
  reference: string
  items_json: string
  state: Purge['state']
  remote_id: string | null
  intent_at: number
}

export function createPurgeQueue(
  db: Database,
  store: PlanStore,
  ledger: LedgerPort,
  checkItem: CheckItem,
  clock: Clock,
): PurgeQueue {
  const { raw } = db
  const insert =
    raw.prepare(`INSERT INTO purges (id, site_id, plan_id, account, reference, items_json, item_count, state, intent_at, by)
    VALUES (@id, @siteId, @planId, @account, @reference, @items, @count, 'intent', @now, @by)`)
  return {
    intend(plan, pages, account, itemsPerRequest) {
      const items = plan.purge.items.map((item) => item.item)
      db.transact(() => {
        ledger.guard({ account, siteId: plan.siteId, planId: plan.id, items: items.length })
        for (let at = 0, part = 1; at < items.length; at += itemsPerRequest, part += 1) {
          const some = items.slice(at, at + itemsPerRequest)
          const id = `${plan.id}-${part}`
          insert.run({
            id,
            siteId: plan.siteId,
            planId: plan.id,
            account,
            reference: ledger.reference(plan.startedBy ?? plan.by, plan.id, part),
            items: JSON.stringify(some),
            count: some.length,
            now: clock(),
            by: plan.startedBy ?? plan.by,
          })
          ledger.reserve(account, id, some.length)
        }
        store.save(plan, pages)
      })
    },
    of: (planId) =>
      raw
        .prepare<[string], Row>('SELECT * FROM purges WHERE plan_id = ? ORDER BY id')
        .all(planId)
        .map((row) => ({
          id: row.id,
          siteId: row.site_id,
          account: row.account,
          reference: row.reference,
          items: JSON.parse(row.items_json) as string[],
          state: row.state,
          remoteId: row.remote_id,
          intentAtMs: row.intent_at,
        })),
    sent: (purge, receipt) =>
      db.transact(() => {
        raw
          .prepare(`UPDATE purges SET state = 'sent', remote_id = ?, remote_created_at = ?, problem = NULL WHERE id = ?`)
          .run(receipt.remoteId, receipt.createdAtMs, purge.id)
        ledger.commit(purge.account, purge.id, purge.items.length, receipt.createdAtMs)
      }),
    async completed(purge, atMs) {
      await markBelow(db, purge, atMs)
      db.transact(() => {
        raw.prepare(`UPDATE purges SET state = 'completed', completed_at = ? WHERE id = ?`).run(clock(), purge.id)
        markPurged(db, purge, checkItem, atMs)
      })
    },
    refused: (purge, problem) =>
      db.transact(() => {
        const given = raw
          .prepare(`UPDATE purges SET state = 'refused', problem = ? WHERE id = ? AND state = 'intent'`)
          .run(problem, purge.id)
        if (given.changes > 0) ledger.release(purge.account, purge.id, purge.items.length)
      }),
  }
}
