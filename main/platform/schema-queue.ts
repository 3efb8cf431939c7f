import type { Generated } from 'kysely'

/** Tables of the purge queue. Instants are Unix milliseconds; columns named `…_json` hold JSON text. */
export interface QueueTables {
  purge_covers: PurgeCoversTable
  purge_wishes: PurgeWishesTable
  automation_pauses: AutomationPausesTable
}

/** Items of a plan that go with a purge of another plan. */
interface PurgeCoversTable {
  id: Generated<number>
  plan_id: string
  /** The purge that they go with. */
  purge_id: string
  items_json: string
}

/** What was asked for without a person, until a plan takes it. */
interface PurgeWishesTable {
  id: Generated<number>
  site_id: string
  at: number
  /** The source: a rule, a hook. */
  by: string
  /** Paths or addresses, one a line. */
  lines: string
  plan_id: string | null
}

/** Append-only; the last row says whether automation is paused. */
interface AutomationPausesTable {
  id: Generated<number>
  at: number
  by: string
  paused: number
}
