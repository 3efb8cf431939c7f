import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { AccountReadingsTable, DistributionReadingsTable } from '#main/platform/schema-purges.ts'

/** How far one distribution's list was read; see `DistributionReadingsTable`. */
export type DistributionReading = Omit<DistributionReadingsTable, 'account' | 'distribution_id'>

/** Where reading an account stands, on disk: a round that a restart interrupts goes on where it was. */
export interface Readings {
  of(account: string): AccountReadingsTable | null
  /** Begins a round that looks for purges from `sinceMs` on, or goes on with the open one when that reaches as far. */
  begin(account: string, sinceMs: number): { readonly round: number; readonly sinceMs: number }
  distribution(account: string, distributionId: string): DistributionReading
  save(account: string, distributionId: string, reading: DistributionReading): void
  /** The round missed nothing. */
  complete(account: string, sinceMs: number, distributions: number): void
  /** It missed something. `goesOn`: what was done of it counts, and the next one does the rest. */
  fail(account: string, problem: { readonly message: string; readonly fix: string | null }, goesOn: boolean): void
}

const UNREAD: DistributionReading = {
  done_round: 0,
  covered_from: null,
  covered_to: null,
  marker: null,
  pass_from: null,
  pass_to: null,
}

export function createReadings({ raw }: Database, clock: Clock): Readings {
  const select = raw.prepare<[string], AccountReadingsTable>('SELECT * FROM account_readings WHERE account = ?')
  const open =
    raw.prepare(`INSERT INTO account_readings (account, open, since, round, distributions) VALUES (@account, 1, @since, 1, 0)
    ON CONFLICT (account) DO UPDATE SET open = 1, since = @since, round = round + 1`)
  const one = raw.prepare<
    [string, string],
    DistributionReading
  >(`SELECT done_round, covered_from, covered_to, marker, pass_from, pass_to
    FROM distribution_readings WHERE account = ? AND distribution_id = ?`)
  const save = raw.prepare(`INSERT OR REPLACE INTO distribution_readings
    (account, distribution_id, done_round, covered_from, covered_to, marker, pass_from, pass_to)
    VALUES (@account, @distributionId, @done_round, @covered_from, @covered_to, @marker, @pass_from, @pass_to)`)
  const complete = raw.prepare(`UPDATE account_readings SET open = 0, distributions = @distributions, completed_at = @now,
    completed_since = @since, problem = NULL, fix = NULL, problem_at = NULL WHERE account = @account`)
  const fail = raw.prepare(`UPDATE account_readings SET open = @open, problem = @message, fix = @fix, problem_at = @now
    WHERE account = @account`)
  return {
    of: (account) => select.get(account) ?? null,
    begin(account, sinceMs) {
      const before = select.get(account)
      if (before?.open === 1 && before.since <= sinceMs) return { round: before.round, sinceMs: before.since }
      open.run({ account, since: sinceMs })
      return { round: (before?.round ?? 0) + 1, sinceMs }
    },
    distribution: (account, distributionId) => one.get(account, distributionId) ?? UNREAD,
    save: (account, distributionId, reading) => void save.run({ account, distributionId, ...reading }),
    complete: (account, sinceMs, distributions) => void complete.run({ account, since: sinceMs, distributions, now: clock() }),
    fail: (account, { message, fix }, goesOn) => void fail.run({ account, message, fix, open: goesOn ? 1 : 0, now: clock() }),
  }
}
