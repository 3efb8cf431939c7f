/** Tables of builds to come. Columns named `…causes_json` hold `BuildCause`s. */
export interface BuildQueueTables {
  waiting_builds: WaitingBuildsTable
  begun_builds: BegunBuildsTable
  build_causes: { build_id: string; causes_json: string }
  build_settings: BuildSettingsTable
}

interface WaitingBuildsTable {
  site_id: string
  causes_json: string
  first_at: number
  last_at: number
  /** Null: not by itself. */
  starts_at: number | null
  /** A person wants it. */
  urgent: number
  /** A person wants it now, whatever runs. */
  forced: number
  problem: string | null
  fix: string | null
}

/** Written before the service is asked, and gone when its answer is stored. */
interface BegunBuildsTable {
  site_id: string
  title: string
  causes_json: string
  begun_at: number
  /** The last row of `builds` when it was begun: the build that comes of it has a later one. */
  after_row: number
  attempts: number
  retry_at: number
  problem: string | null
}

interface BuildSettingsTable {
  site_id: string
  quiet_seconds: number
  longest_seconds: number
  schedule_json: string
  counted_from: number
}
