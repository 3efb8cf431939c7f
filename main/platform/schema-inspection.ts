import type { Generated } from 'kysely'

export interface InspectionTables {
  inspection_runs: InspectionRunsTable
  inspection_settings: InspectionSettingsTable
}

export interface PageCheckColumns {
  /** When a check last found another copy than the check before it. */
  copy_changed_at: number | null
}

/** A check of a whole site. The counts are written with the results that they count. */
interface InspectionRunsTable {
  id: Generated<number>
  site_id: string
  state: 'running' | 'paused' | 'capped' | 'done' | 'cancelled' | 'failed'
  by: string
  started_at: number
  ended_at: number | null
  /** Which pages: a `RunSelection`. */
  selection_json: string
  total: number
  renders_at_most: number
  done: Generated<number>
  failed: Generated<number>
  filled: Generated<number>
  renders: Generated<number>
  changed: Generated<number>
  note: Generated<string>
}

interface InspectionSettingsTable {
  site_id: string
  parallel: number
  per_second: number | null
  renders_at_most: number
  schedule_json: string
  /** The instant from which the next scheduled check is counted: the last one's turn, or when it was set. */
  counted_from: number
}
