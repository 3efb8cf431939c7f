import { AppError } from '#shared/errors.ts'
import { priceOf, type Budget } from '#shared/budget.ts'
import { overrunChance } from '#shared/budget-forecast.ts'
import { limitText, passedLimit } from '#shared/budget-limits.ts'
import { utcMonth, utcMonthStart, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { createOverrides } from './overrides.ts'
import { createPastDays } from './past-days.ts'
import { createReadings } from './readings.ts'
import { createReferences } from './references.ts'
import type { SettingsStore } from './settings.ts'

/** Items that a plan is about to reserve. */
export interface Intended {
  readonly account: string
  readonly siteId: string
  readonly planId: string
  readonly items: number
  /** No person decided on it: it may not use what is kept for incidents. */
  readonly automatic?: boolean
}

/**
 * What was reserved, sent and given back: append-only, one row a purge and kind, so that writing one twice changes
 * nothing. Call these inside the transaction that changes the purge.
 */
export interface Ledger {
  /** The name under which the vendor keeps a purge. Drawn once, and repeated with it. */
  reference(person: string, planId: string, part: number): string
  /** Throws `CONFLICT` when the items would pass a hard stop that nobody with the right to do so has lifted for this plan. */
  guard(intended: Intended): void
  /** The owner lets this plan pass a hard stop, and says why. */
  letPass(intended: Intended, by: string, reason: string): void
  reserve(account: string, purgeId: string, items: number): void
  /** The purge was accepted; it is charged in the UTC month of its creation. */
  commit(account: string, purgeId: string, items: number, createdAtMs: number): void
  /** Nothing was or will be sent of it. */
  release(account: string, purgeId: string, items: number): void
  /** With the part and the limits of a site, when one is named. */
  budget(account: string, siteId?: string): Budget
  /** What these purges cost together; those that were not accepted cost nothing. */
  spent(purgeIds: readonly string[]): { items: number; microDollars: number }
}

/** Others may have purged since: after so long without a look it is "at least" again. */
const RECONCILED_FOR_MS = 3_600_000
/** The clock may have been set back a little since. */
const CLOCK_SLACK_MS = 5 * 60_000

export function createLedger(db: Database, clock: Clock, settings: SettingsStore): Ledger {
  const references = createReferences(db)
  const overrides = createOverrides(db, clock)
  const pastDays = createPastDays(db, clock)
  const readings = createReadings(db, clock)
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
  const ofSite = db.raw.prepare<[string, string, string], { used: number; reserved: number }>(`
    SELECT COALESCE(SUM(CASE WHEN ledger.kind = 'commit' AND ledger.month = ? THEN ledger.items END), 0) AS used,
      COALESCE(SUM(CASE WHEN ledger.kind = 'reserve' AND purges.state = 'intent' THEN ledger.items END), 0) AS reserved
    FROM ledger JOIN purges ON purges.id = ledger.purge_id WHERE ledger.account = ? AND purges.site_id = ?`)
  const counted = db.raw.prepare<[string], { account: string; items: number; before: number }>(`
    SELECT account, items, COALESCE((SELECT SUM(earlier.items) FROM ledger AS earlier WHERE earlier.account = ledger.account
      AND earlier.month = ledger.month AND earlier.kind = 'commit' AND earlier.id < ledger.id), 0) AS before
    FROM ledger WHERE purge_id = ? AND kind = 'commit'`)

  /** Every purge of the month is known: the account was read lately, from the month's first moment on, and nothing was missed. */
  function reconciled(account: string): boolean {
    const reading = readings.of(account)
    if (!reading || reading.completed_at === null || reading.completed_since === null || reading.problem !== null) return false
    const agoMs = clock() - reading.completed_at
    return agoMs <= RECONCILED_FOR_MS && agoMs >= -CLOCK_SLACK_MS && reading.completed_since <= utcMonthStart(clock())
  }

  function budget(account: string, siteId?: string): Budget {
    const month = utcMonth(clock())
    const agreed = settings.read(account)
    const spent = used.get(account, month)?.items ?? 0
    const reserved = open.get(account)?.items ?? 0
    const part = siteId === undefined ? undefined : ofSite.get(month, account, siteId)
    const { vendor, freePerMonth, priceMicroDollars } = settings.tariff(account)
    const charges = freePerMonth !== null || priceMicroDollars > 0
    return {
      unit: 'item',
      vendor,
      charges,
      ...agreed,
      scope: account,
      month,
      used: spent,
      reserved,
      reconciled: reconciled(account),
      overrunChance: charges
        ? overrunChance(pastDays.forecast(account, spent + reserved), spent + reserved, agreed.allowance)
        : null,
      site: siteId === undefined || part === undefined ? null : { ...part, ...settings.readSite(siteId) },
    }
  }

  return {
    reference: references.of,
    guard({ account, siteId, planId, items, automatic }) {
      const passed = passedLimit(items, budget(account, siteId), automatic)
      if (passed === null || passed.kind === 'soft' || overrides.allows(planId, items)) return
      throw new AppError('CONFLICT', limitText(passed, false), {
        field: passed.kind === 'hard' ? 'passStop' : 'items',
        fix:
          passed.kind === 'hard'
            ? 'Nothing was purged. The owner may pass it with a reason, or change it in the budget.'
            : 'Nothing was purged. A person can start it.',
      })
    },
    letPass(intended, by, reason) {
      const passed = passedLimit(intended.items, budget(intended.account, intended.siteId))
      if (passed?.kind === 'hard') overrides.write({ ...intended, stop: passed.limit, by, reason })
    },
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
    budget,
  }
}
