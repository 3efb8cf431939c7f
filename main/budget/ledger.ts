import type { Budget } from '#shared/budget.ts'
import { utcMonth, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

/** CloudFront's price, 2026-11: docs/providers/cloudfront.md. */
const ALLOWANCE_ITEMS = 1_000
const PRICE_MICRO_DOLLARS = 5_000

/**
 * What was reserved, sent and given back: append-only, one row a purge and kind, so that writing one twice changes
 * nothing. Call these inside the transaction that changes the purge.
 */
export interface Ledger {
  reserve(account: string, purgeId: string, items: number): void
  /** The purge was accepted; it is charged in the UTC month of its creation. */
  commit(account: string, purgeId: string, items: number, createdAtMs: number): void
  /** Nothing was or will be sent of it. */
  release(account: string, purgeId: string, items: number): void
  budget(account: string): Budget
}

export function createLedger(db: Database, clock: Clock): Ledger {
  const insert = db.raw.prepare(
    'INSERT OR IGNORE INTO ledger (at, account, purge_id, kind, items, month) VALUES (@at, @account, @purgeId, @kind, @items, @month)',
  )
  const write = (account: string, purgeId: string, kind: 'reserve' | 'commit' | 'release', items: number, monthOfMs: number) =>
    void insert.run({ at: clock(), account, purgeId, kind, items, month: utcMonth(monthOfMs) })
  const used = db.raw.prepare<[string, string], { items: number | null }>(
    `SELECT SUM(items) AS items FROM ledger WHERE account = ? AND month = ? AND kind = 'commit'`,
  )
  const open = db.raw.prepare<[string], { items: number | null }>(
    `SELECT SUM(items) AS items FROM ledger AS held WHERE account = ? AND kind = 'reserve'
     AND NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.purge_id = held.purge_id AND ledger.kind <> 'reserve')`,
  )
  return {
    reserve: (account, purgeId, items) => write(account, purgeId, 'reserve', items, clock()),
    commit: (account, purgeId, items, createdAtMs) => write(account, purgeId, 'commit', items, createdAtMs),
    release: (account, purgeId, items) => write(account, purgeId, 'release', items, clock()),
    budget(account) {
      const month = utcMonth(clock())
      return {
        unit: 'item',
        allowance: ALLOWANCE_ITEMS,
        priceMicroDollars: PRICE_MICRO_DOLLARS,
        scope: account,
        month,
        used: used.get(account, month)?.items ?? 0,
        reserved: open.get(account)?.items ?? 0,
        reconciled: false,
      }
    },
  }
}
