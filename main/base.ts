import type { ActivityFacts } from '#shared/activity.ts'
import { createActivityLog } from './activity/activity-log.ts'
import { createJobs } from './activity/jobs.ts'
import { createAutomation } from './automation/pause.ts'
import { withoutSecrets } from './diagnosis/redact.ts'
import type { HookTasks } from './hooks-thread.ts'
import type { Clock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'
import type { Secrets } from './platform/secrets.ts'
import { createVault } from './platform/vault.ts'
import { createLocalBuilds } from './providers/local/local-builder.ts'
import type { Publisher } from './providers/publisher.ts'
import { createVendors } from './providers/vendors.ts'
import { createConnections } from './sites/connections.ts'
import { createUses } from './sites/credentials/uses.ts'
import { readSettings } from './sites/store.ts'
import type { Reads } from './reads.ts'
import type { WorkTasks } from './work-thread.ts'
import type { Database } from './platform/database.ts'
import type { Changes } from './platform/changes.ts'
import type { Http } from './platform/http.ts'
import type { NetworkService } from './network/service.ts'
import type { Shell } from './platform/shell-port.ts'
import type { WorkThread } from './platform/workers.ts'

/** What the features stand on. */
export interface Platform {
  readonly clock: Clock
  readonly log: Log
  readonly secrets: Secrets
  readonly stopped: AbortSignal
  readonly dataFolder: string
  readonly db: Database
  readonly changes: Changes
  readonly http: Http
  readonly networkService: NetworkService
  readonly shell: Shell
  readonly version: string
  readonly logFolder: string
  /** Takes what the vault has given out of a text. */
  readonly scrub: (text: string) => string
  /** Copies the database on a thread of its own. */
  /** By hand. */
  readonly backUp: () => Promise<string | null>
  /** Since when the database is known to be damaged; null while it is not. */
  readonly damage: () => { readonly sinceMs: number } | null
  readonly work: WorkThread<WorkTasks>
  readonly reads: Reads
  readonly hookThread: WorkThread<HookTasks>
}

/**
 * What every feature may use: jobs, the record of what was done, and the vendors of each site. `bucketOf`: asked once
 * everything is put together.
 */
export function createBase(platform: Platform, bucketOf: (siteId: string) => Promise<Publisher | null>) {
  const { clock, stopped, db, changes, http, work } = platform
  const secrets = createVault(db, platform.secrets, clock)
  const uses = createUses(db, clock)
  const jobs = createJobs(changes, clock, platform.log)
  const activityLog = createActivityLog(db, changes, clock)
  const note = (siteId: string | null, by: string, text: string, facts: ActivityFacts = { kind: 'other' }) =>
    activityLog.write({ siteId, by, text, facts })
  const automation = createAutomation(db, changes, clock)
  const local = createLocalBuilds({
    dataFolder: platform.dataFolder,
    clock,
    stopped,
    withoutSecrets,
    keepRelease: (input, onProgress, signal) => work.run('keepRelease', input, { onProgress, signal }),
  })
  const vendors = createVendors(http, local, clock, bucketOf)
  const connections = createConnections(db, secrets, vendors, uses)
  const accountOf = async (siteId: string) => (await readSettings(db.query, siteId)).edge.account

  return { ...platform, accountOf, activityLog, automation, connections, jobs, local, note, secrets, uses, vendors }
}
export type Base = ReturnType<typeof createBase>
