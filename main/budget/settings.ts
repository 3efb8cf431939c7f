import type { BudgetSettings, SiteLimits } from '#shared/budget.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Tariff } from '#main/providers/edge.ts'

/** A cold page is worth a little more than a free item: its first visitor waits. */
const UNSAID = { softLimit: null, hardStop: null, incidentReserve: 0, refillMicroDollars: 600 }
const NONE: SiteLimits = { softLimit: null, hardStop: null }

/** What was agreed on for an account; until its owner says otherwise, what the vendor publishes. */
export interface SettingsStore {
  read(account: string): BudgetSettings
  /** Null while its owner has agreed on nothing. */
  said(account: string): BudgetSettings | null
  /** What was agreed on for an account that has another name from now on counts for it, unless it has its own. */
  moved(from: string, to: string): void
  /** The price list of the vendor whose account it is. */
  tariff(account: string): Tariff
  save(account: string, settings: BudgetSettings, by: string): void
  readSite(siteId: string): SiteLimits
  saveSite(siteId: string, limits: SiteLimits, by: string): void
}

/** @param tariffOf by the kind of an edge; null when no site has this account any more. */
export function createSettingsStore(db: Database, clock: Clock, tariffOf: (kind: string | null) => Tariff): SettingsStore {
  const select = db.raw.prepare<[string], BudgetSettings>(`
    SELECT allowance, price_micro_dollars AS priceMicroDollars, soft_limit AS softLimit, hard_stop AS hardStop,
      incident_reserve AS incidentReserve, refill_micro_dollars AS refillMicroDollars FROM budget_settings WHERE account = ?`)
  const upsert = db.raw.prepare(`
    INSERT INTO budget_settings (account, allowance, price_micro_dollars, soft_limit, hard_stop, incident_reserve, refill_micro_dollars, changed_at, changed_by)
    VALUES (@account, @allowance, @priceMicroDollars, @softLimit, @hardStop, @incidentReserve, @refillMicroDollars, @now, @by)
    ON CONFLICT (account) DO UPDATE SET allowance = @allowance, price_micro_dollars = @priceMicroDollars, soft_limit = @softLimit,
      hard_stop = @hardStop, incident_reserve = @incidentReserve, refill_micro_dollars = @refillMicroDollars, changed_at = @now, changed_by = @by`)
  const selectSite = db.raw.prepare<[string], SiteLimits>(
    'SELECT soft_limit AS softLimit, hard_stop AS hardStop FROM site_limits WHERE site_id = ?',
  )
  const upsertSite = db.raw.prepare(`
    INSERT INTO site_limits (site_id, soft_limit, hard_stop, changed_at, changed_by) VALUES (@siteId, @softLimit, @hardStop, @now, @by)
    ON CONFLICT (site_id) DO UPDATE SET soft_limit = @softLimit, hard_stop = @hardStop, changed_at = @now, changed_by = @by`)
  const kind = db.raw.prepare<[string], { kind: string }>(
    `SELECT settings_json ->> '$.edge.kind' AS kind FROM sites WHERE settings_json ->> '$.edge.account' = ? LIMIT 1`,
  )
  const tariff = (account: string) => tariffOf(kind.get(account)?.kind ?? null)
  const copy = db.raw.prepare<{ from: string; to: string }>(`
    INSERT OR IGNORE INTO budget_settings (account, allowance, price_micro_dollars, soft_limit, hard_stop, incident_reserve, refill_micro_dollars, changed_at, changed_by)
    SELECT @to, allowance, price_micro_dollars, soft_limit, hard_stop, incident_reserve, refill_micro_dollars, changed_at, changed_by
    FROM budget_settings WHERE account = @from`)
  return {
    tariff,
    said: (account) => select.get(account) ?? null,
    moved: (from, to) => void (from === to || copy.run({ from, to })),
    read(account) {
      const agreed = select.get(account)
      if (agreed) return agreed
      const { freePerMonth, priceMicroDollars } = tariff(account)
      return { allowance: freePerMonth ?? 0, priceMicroDollars, ...UNSAID }
    },
    save: (account, settings, by) => void upsert.run({ account, ...settings, now: clock(), by }),
    readSite: (siteId) => selectSite.get(siteId) ?? NONE,
    saveSite: (siteId, limits, by) => void upsertSite.run({ siteId, ...limits, now: clock(), by }),
  }
}
