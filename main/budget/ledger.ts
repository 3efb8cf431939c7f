import { priceOf, type Budget } from '#shared/budget.ts'
import { utcMonth, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { SettingsStore } from './settings.ts'

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
  /** What these purges cost together; those that were not accepted cost nothing. */
  spent(purgeIds: readonly string[]): { items: number; microDollars: number }
}

export function createLedger(db: Database, clock: Clock, settings: SettingsStore): Ledger {
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
  const counted = db.raw.prepare<[string], { account: string; items: number; before: number }>(`
    SELECT account, items, COALESCE((SELECT SUM(earlier.items) FROM ledger AS earlier WHERE earlier.account = ledger.account
      AND earlier.month = ledger.month AND earlier.kind = 'commit' AND earlier.id < ledger.id), 0) AS before
    FROM ledger WHERE purge_id = ? AND kind = 'commit'`)
  return {
    reserve: (account, purgeId, items) => write(account, purgeId, 'reserve', items, clock()),
    commit: (account, purgeId, items, createdAtMs) => write(account, purgeId, 'commit', items, createdAtMs),
    release: (account, purgeId, items) => write(account, purgeId, 'release', items, clock()),
    spent(purgeIds) {
      const sum = { items: 0, microDollars: 0 }
      for (const row of purgeIds.flatMap((purgeId) => counted.all(purgeId))) {
        sum.items += row.items
        sum.microDollars += priceOf(row.items, row.before, settings.read(row.account))
      }
      return sum
    },
    budget(account) {
      const month = utcMonth(clock())
      const { vendor, freePerMonth, priceMicroDollars } = settings.tariff(account)
      return {
        unit: 'item',
        vendor,
        charges: freePerMonth !== null || priceMicroDollars > 0,
        ...settings.read(account),
        scope: account,
        month,
        used: used.get(account, month)?.items ?? 0,
        reserved: open.get(account)?.items ?? 0,
        reconciled: false,
      }
    },
  }
}
