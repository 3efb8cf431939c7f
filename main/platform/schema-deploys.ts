import type { Generated } from 'kysely'

export interface DeployTables {
  deploy_runs: DeployRunsTable
  deploy_steps: DeployStepsTable
  later_switches: LaterSwitchesTable
}

interface LaterSwitchesTable {
  site_id: string
  release_id: string
  purges: number
  by: string
  since: number
  problem: string | null
}

interface DeployRunsTable {
  id: string
  site_id: string
  /** See `DEPLOY_STATES`. */
  state: string
  release_id: string
  title: string
  /** A `LocalRelease`, packed, while its files may still be needed. */
  release: Uint8Array | null
  by: string
  message: string
  started_at: number
  ended_at: number | null
}

interface DeployStepsTable {
  id: Generated<number>
  run_id: string
  at: number
  state: string
  text: string
}
