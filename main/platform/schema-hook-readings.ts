import type { Generated } from 'kysely'

export interface HookReadingTables {
  hook_readings: HookReadingsTable
}

interface HookReadingsTable {
  source_id: string
  /** A `Reading`; its token is in the vault. */
  reading_json: string
  has_token: number
  /** How far it was read, in the words of its vendor. */
  cursor: string
  due_at: number
  asked_at: number | null
  found: Generated<number>
  /** In a row. */
  failures: Generated<number>
  problem_json: string | null
}
