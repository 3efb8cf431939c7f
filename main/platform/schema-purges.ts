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
  /** `intent` before the call is known to have arrived, then `sent`, `completed`, or `refused`. */
  state: 'intent' | 'sent' | 'completed' | 'refused'
  remote_id: string | null
  intent_at: number
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
  changed_at: number
  changed_by: string
}
