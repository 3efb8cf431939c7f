import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

/** Who let a plan pass a hard stop, with how many items, and why. */
export interface Override {
  readonly account: string
  readonly siteId: string
  readonly planId: string
  readonly by: string
  /** The stop that was passed, in items. */
  readonly stop: number
  readonly items: number
  readonly reason: string
}

/** Append-only, like the ledger. */
export interface Overrides {
  write(override: Override): void
  /** Whether the plan may send so many items although it passes a stop. */
  allows(planId: string, items: number): boolean
}

export function createOverrides(db: Database, clock: Clock): Overrides {
  const insert = db.raw.prepare(`INSERT INTO budget_overrides (at, account, site_id, plan_id, by, stop, items, reason)
    VALUES (@now, @account, @siteId, @planId, @by, @stop, @items, @reason)`)
  const most = db.raw.prepare<[string], { items: number | null }>(
    'SELECT MAX(items) AS items FROM budget_overrides WHERE plan_id = ?',
  )
  return {
    write: ({ account, siteId, planId, by, stop, items, reason }) =>
      void insert.run({ now: clock(), account, siteId, planId, by, stop, items, reason }),
    allows: (planId, items) => (most.get(planId)?.items ?? -1) >= items,
  }
}
