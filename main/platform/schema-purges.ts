import type { Generated } from 'kysely'

/** Tables of plans, purges and what they cost. Instants are Unix milliseconds; columns named `…_json` hold JSON text. */

export interface PlansTable {
  id: string
  site_id: string
  state: string
  created_at: number
  /** The selection it was made for. */
  selection_json: string
  /** A `Plan`. */
  plan_json: string
}

export interface PlanPagesTable {
  plan_id: string
  seq: number
  page_id: number | null
  zone_host: string | null
  path: string
  decision: string
  reason: string
  result: string | null
  result_reason: string | null
}

export interface PurgesTable {
  id: string
  site_id: string
  plan_id: string
  account: string
  reference: string
  items_json: string
  item_count: number
  /** `intent` before the call is known to have arrived, then `sent`, `completed`, or `refused`; `covered`: others purge its items. */
  state: 'intent' | 'sent' | 'completed' | 'refused' | 'covered'
  remote_id: string | null
  intent_at: number
  /** From here on a call may have arrived; null while it is certain that none was made. */
  begun_at: number | null
  remote_created_at: number | null
  completed_at: number | null
  problem: string | null
  /** Who started it. */
  by: Generated<string>
}

export interface LedgerTable {
  id: Generated<number>
  at: number
  account: string
  purge_id: string
  kind: 'reserve' | 'commit' | 'release'
  items: number
  /** UTC month, `2026-11`. */
  month: string
}

export interface LogTable {
  id: Generated<number>
  at: number
  site_id: string | null
  by: string
  text: string
  kind: Generated<string>
  result: string | null
  items: number | null
  micro_dollars: number | null
  about_kind: string | null
  about_id: string | null
}

export interface BudgetSettingsTable {
  account: string
  allowance: number
  price_micro_dollars: number
  soft_limit: number | null
  hard_stop: number | null
  incident_reserve: Generated<number>
  refill_micro_dollars: Generated<number>
  changed_at: number
  changed_by: string
}

/** Purges that others sent with an account, as reading the account found them. */
export interface AccountPurgesTable {
  /** `account distribution remote-id`; also the purge's id in the ledger. */
  id: string
  account: string
  distribution_id: string
  remote_id: string
  /** By the vendor's clock; when it told none (`dated` = 0), of the purge that was listed before it. */
  created_at: number
  dated: number
  found_at: number
  source: 'elsewhere' | 'outside'
  /** The Frostline that sent it, as its reference says. */
  install: string | null
  reference: string
  /** The first of them; `item_count` is all. */
  items_json: string
  item_count: number
}

/** How far an account was read. A round that is open goes on after a restart. */
export interface AccountReadingsTable {
  account: string
  open: number
  /** The round looks for purges from here on. */
  since: number
  round: number
  distributions: number
  completed_at: number | null
  completed_since: number | null
  problem: string | null
  fix: string | null
  problem_at: number | null
}

/** The same for one distribution: nothing between `covered_from` and `covered_to` (the vendor's clock) is missing. */
export interface DistributionReadingsTable {
  account: string
  distribution_id: string
  /** The last round that has finished with it. */
  done_round: number
  covered_from: number | null
  covered_to: number | null
  /** The pass under way: its place in the list, and what it will have covered. */
  marker: string | null
  pass_from: number | null
  pass_to: number | null
}

export interface SiteLimitsTable {
  site_id: string
  soft_limit: number | null
  hard_stop: number | null
  changed_at: number
  changed_by: string
}

/** Append-only: who let a plan pass a hard stop, and why. */
export interface BudgetOverridesTable {
  id: Generated<number>
  at: number
  account: string
  site_id: string
  plan_id: string
  by: string
  stop: number
  items: number
  reason: string
}
