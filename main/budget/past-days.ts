import { forecastMonth, type Forecast } from '#shared/budget-forecast.ts'
import { utcMonthStart, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

const DAY_MS = 24 * 3_600_000
/** Days before these say little about the ones to come. */
const DAYS_LOOKED_AT = 60

/** What an account used a day, and what that lets expect of the month. */
export interface PastDays {
  /** Of the current UTC month. `taken`: items that are used or reserved. */
  forecast(account: string, taken: number): Forecast
}

export function createPastDays(db: Database, clock: Clock): PastDays {
  // By the vendor's clock, as far as it told one.
  const days = db.raw.prepare<[string, number, number], { day: number; items: number }>(`
    SELECT CAST(COALESCE(purges.remote_created_at, account_purges.created_at, ledger.at) / ${DAY_MS} AS INTEGER) AS day,
      SUM(ledger.items) AS items
    FROM ledger LEFT JOIN purges ON purges.id = ledger.purge_id LEFT JOIN account_purges ON account_purges.id = ledger.purge_id
    WHERE ledger.account = ? AND ledger.kind = 'commit'
      AND COALESCE(purges.remote_created_at, account_purges.created_at, ledger.at) BETWEEN ? AND ? GROUP BY day ORDER BY day`)
  const first = db.raw.prepare<[string], { at: number | null }>(
    `SELECT MIN(at) AS at FROM ledger WHERE account = ? AND kind = 'commit'`,
  )
  const read = db.raw.prepare<[string], { since: number | null }>(
    'SELECT completed_since AS since FROM account_readings WHERE account = ?',
  )
  return {
    forecast(account, taken) {
      const nowMs = clock()
      const today = Math.floor(nowMs / DAY_MS)
      const found = days.all(account, (today - DAYS_LOOKED_AT) * DAY_MS, (today + 1) * DAY_MS - 1)
      const readFrom = read.get(account)?.since ?? null
      const dayOf = (atMs: number | null | undefined) => (typeof atMs === 'number' ? Math.floor(atMs / DAY_MS) : today)
      // Before the first thing that is known, nothing is known: those days are not taken for quiet ones.
      const knownFrom = Math.max(
        today - DAYS_LOOKED_AT,
        Math.min(found[0]?.day ?? today, dayOf(first.get(account)?.at), dayOf(readFrom)),
      )
      const items = Array.from({ length: Math.max(0, today - knownFrom) }, () => 0)
      for (const row of found) if (row.day < today) items[row.day - knownFrom] = row.items
      // Today is not over; once it has more than other days have as a whole, it counts as one of them.
      const soFar = found.find(({ day }) => day === today)?.items ?? 0
      if (soFar * items.length > items.reduce((sum, of) => sum + of, 0)) items.push(soFar)
      return forecastMonth(items, taken, (nextMonth(nowMs) - nowMs) / DAY_MS)
    },
  }
}

function nextMonth(atMs: number): number {
  const start = new Date(utcMonthStart(atMs))
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)
}
