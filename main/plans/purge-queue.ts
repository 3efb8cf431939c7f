import type { Plan, PlanPage } from '#shared/plans.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { PurgeReceipt } from '#main/providers/edge.ts'
import type { CheckItem } from './check-item.ts'
import { markBelow, markPurged } from './mark-purged.ts'
import { createIntents, toPurge, type LedgerPort, type Purge, type PurgeRow } from './purge-rows.ts'
import { splitItems, type RequestLimits } from './requests.ts'
import type { PlanStore } from './store.ts'

/** Purges on disk: the intent before the call, the receipt after it, each with its ledger row in one transaction. */
export interface PurgeQueue {
  /** Writes the intent of a plan, in requests within the limits, together with the plan's new state and what `also` writes. */
  intend(plan: Plan, pages: readonly PlanPage[], account: string, limits: RequestLimits, also?: () => void): void
  /** Without those whose items went with others. */
  of(planId: string): Purge[]
  /** The edge has accepted something of it. */
  wasSent(planId: string): boolean
  /** Before every call: from now on it may have arrived. */
  begin(purge: Purge): void
  /** The vendor said that it did not take it, and no earlier call can have arrived. */
  notTaken(purge: Purge): void
  sent(purge: Purge, receipt: PurgeReceipt): void
  /** The edge no longer has what it reaches. `atMs`: an instant at which that was already so, or nearly. */
  completed(purge: Purge, atMs: number): Promise<void>
  /** Nothing arrived: gives the reservation back. Changes nothing once the purge was accepted. */
  refused(purge: Purge, problem: string): void
  /** Purges that may have arrived and that no plan follows any more: their plans ended without an answer. */
  unsettled(): Purge[]
  /** Whose remote ids are known already: those are not ours when an answer was lost. */
  knows(account: string, remoteId: string): boolean
}

export function createPurgeQueue(
  db: Database,
  store: PlanStore,
  ledger: LedgerPort,
  checkItem: CheckItem,
  clock: Clock,
): PurgeQueue {
  const { raw } = db
  const insert = createIntents(db, ledger, clock)
  const known = raw.prepare<[string, string, string, string], { one: number }>(
    `SELECT 1 AS one FROM purges WHERE remote_id = ? AND account = ? UNION ALL
     SELECT 1 FROM account_purges WHERE remote_id = ? AND account = ?`,
  )
  return {
    intend(plan, pages, account, limits, also) {
      const items = plan.purge.items.map((item) => item.item)
      const automatic = plan.origin === 'automatic' && plan.queue.pushedBy === null
      db.transact(() => {
        ledger.guard({ account, siteId: plan.siteId, planId: plan.id, items: items.length, automatic })
        const of = { siteId: plan.siteId, planId: plan.id, account, by: plan.startedBy ?? plan.by }
        for (const some of splitItems(items, limits)) insert(of, some)
        store.save(plan, pages)
        also?.()
      })
    },
    of: (planId) =>
      raw
        .prepare<[string], PurgeRow>(`SELECT * FROM purges WHERE plan_id = ? AND state <> 'covered' ORDER BY rowid`)
        .all(planId)
        .map(toPurge),
    begin: (purge) => void raw.prepare('UPDATE purges SET begun_at = ? WHERE id = ?').run(clock(), purge.id),
    notTaken: (purge) => void raw.prepare(`UPDATE purges SET begun_at = NULL WHERE id = ? AND state = 'intent'`).run(purge.id),
    wasSent: (planId) =>
      raw.prepare(`SELECT 1 FROM purges WHERE plan_id = ? AND state IN ('sent', 'completed')`).get(planId) !== undefined,
    sent: (purge, receipt) =>
      db.transact(() => {
        raw
          .prepare(`UPDATE purges SET state = 'sent', remote_id = ?, remote_created_at = ?, problem = NULL WHERE id = ?`)
          .run(receipt.remoteId, receipt.createdAtMs, purge.id)
        ledger.commit(purge.account, purge.id, purge.items.length, receipt.createdAtMs)
      }),
    async completed(purge, atMs) {
      await markBelow(db, purge, checkItem, atMs)
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
    unsettled: () =>
      raw
        .prepare<[], PurgeRow>(
          `SELECT purges.* FROM purges LEFT JOIN plans ON plans.id = purges.plan_id
           WHERE purges.state IN ('intent', 'sent') AND (plans.id IS NULL OR plans.state IN ('done', 'failed', 'cancelled'))`,
        )
        .all()
        .map(toPurge),
    knows: (account, remoteId) => known.get(remoteId, account, remoteId, account) !== undefined,
  }
}
