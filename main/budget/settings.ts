import type { BudgetSettings } from '#shared/budget.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

/** CloudFront's price, 2026-11: docs/providers/cloudfront.md. */
const AS_PUBLISHED: BudgetSettings = { allowance: 1_000, priceMicroDollars: 5_000, softLimit: null }

interface Row {
  allowance: number
  price_micro_dollars: number
  soft_limit: number | null
}

/** What was agreed on for an account; until its owner says otherwise, what the vendor publishes. */
export interface SettingsStore {
  read(account: string): BudgetSettings
  save(account: string, settings: BudgetSettings, by: string): void
}

export function createSettingsStore(db: Database, clock: Clock): SettingsStore {
  const select = db.raw.prepare<[string], Row>(
    'SELECT allowance, price_micro_dollars, soft_limit FROM budget_settings WHERE account = ?',
  )
  const upsert = db.raw.prepare(`
    INSERT INTO budget_settings (account, allowance, price_micro_dollars, soft_limit, changed_at, changed_by)
    VALUES (@account, @allowance, @price, @softLimit, @now, @by)
    ON CONFLICT (account) DO UPDATE SET allowance = @allowance, price_micro_dollars = @price, soft_limit = @softLimit,
      changed_at = @now, changed_by = @by`)
  return {
    read(account) {
      const row = select.get(account)
      return row
        ? { allowance: row.allowance, priceMicroDollars: row.price_micro_dollars, softLimit: row.soft_limit }
        : AS_PUBLISHED
    },
    save(account, { allowance, priceMicroDollars, softLimit }, by) {
      upsert.run({ account, allowance, price: priceMicroDollars, softLimit, now: clock(), by })
    },
  }
}
