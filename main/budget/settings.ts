import type { BudgetSettings } from '#shared/budget.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Tariff } from '#main/providers/provider.ts'

interface Row {
  allowance: number
  price_micro_dollars: number
  soft_limit: number | null
}

/** What was agreed on for an account; until its owner says otherwise, what the vendor publishes. */
export interface SettingsStore {
  read(account: string): BudgetSettings
  /** The price list of the vendor whose account it is. */
  tariff(account: string): Tariff
  save(account: string, settings: BudgetSettings, by: string): void
}

/** @param tariffOf by the kind of an edge; null when no site has this account any more. */
export function createSettingsStore(db: Database, clock: Clock, tariffOf: (kind: string | null) => Tariff): SettingsStore {
  const select = db.raw.prepare<[string], Row>(
    'SELECT allowance, price_micro_dollars, soft_limit FROM budget_settings WHERE account = ?',
  )
  const upsert = db.raw.prepare(`
    INSERT INTO budget_settings (account, allowance, price_micro_dollars, soft_limit, changed_at, changed_by)
    VALUES (@account, @allowance, @price, @softLimit, @now, @by)
    ON CONFLICT (account) DO UPDATE SET allowance = @allowance, price_micro_dollars = @price, soft_limit = @softLimit,
      changed_at = @now, changed_by = @by`)
  const kind = db.raw.prepare<[string], { kind: string }>(
    `SELECT settings_json ->> '$.edge.kind' AS kind FROM sites WHERE settings_json ->> '$.edge.account' = ? LIMIT 1`,
  )
  const tariff = (account: string) => tariffOf(kind.get(account)?.kind ?? null)
  return {
    tariff,
    read(account) {
      const row = select.get(account)
      if (row) return { allowance: row.allowance, priceMicroDollars: row.price_micro_dollars, softLimit: row.soft_limit }
      const { freePerMonth, priceMicroDollars } = tariff(account)
      return { allowance: freePerMonth ?? 0, priceMicroDollars, softLimit: null }
    },
    save(account, { allowance, priceMicroDollars, softLimit }, by) {
      upsert.run({ account, allowance, price: priceMicroDollars, softLimit, now: clock(), by })
    },
  }
}
