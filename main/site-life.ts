import { join } from 'node:path'
import type { Base } from './base.ts'
import type { Checking } from './checking.ts'
import type { Purging } from './purging.ts'
import type { Hooks } from './hooks/service.ts'
import { writePageRules } from './pages/page-rules.ts'
import { ssoExpiry } from './providers/cloudfront/sso-expiry.ts'
import { createSiteChanges } from './sites/change-site.ts'
import { createCredentials } from './sites/credentials/credentials.ts'
import type { SitesWorld } from './sites/handlers.ts'
import { createRemovals } from './sites/removal.ts'
import { createTransfer } from './sites/transfer.ts'

/** What happens with sites after they were added: changed, exported, removed, restored. */
export function createSiteLife(has: {
  readonly base: Base
  readonly checking: Checking
  readonly purging: Purging
  readonly hooks: Hooks
  readonly sites: SitesWorld
}) {
  const { base, checking, purging, hooks, sites } = has
  const { changes, connections, dataFolder, db, jobs, local, log, note, secrets, stopped, uses, work } = base
  const kept = db.raw.prepare<[], string>('SELECT id FROM sites WHERE removed_at IS NULL ORDER BY created_at, id').pluck()
  const world = {
    ...sites,
    log,
    stopped,
    dropPages: (what: Parameters<typeof work.run<'dropPages'>>[1]) => work.run('dropPages', what),
    forgetSources: hooks.forgetSite,
    relisten: hooks.apply,
    async stop(siteId: string) {
      const run = checking.runs.latest(siteId)
      if (run) checking.runs.cancel(run.id)
      for (const job of jobs.list()) if (job.siteId === siteId && job.state === 'running') jobs.cancel(job.id)
      await local.end(siteId)
    },
    readLimits: purging.budgetSettings.readSite,
    saveLimits: purging.budgetSettings.saveSite,
    writePageRules: (siteId: string, rules: Parameters<typeof writePageRules>[2]) => writePageRules(db.raw, siteId, rules),
  }
  const siteChanges = createSiteChanges(world)
  return {
    siteChanges,
    credentials: createCredentials({
      changes,
      db,
      note,
      secrets,
      siteChanges,
      uses,
      keptIn: async () => `${await secrets.describe()}: ${join(dataFolder, 'secrets.json')}`,
      expiryOf: (profile) => ssoExpiry(profile),
      reopen(siteId) {
        connections.forget(siteId)
        sites.watch(siteId)
      },
    }),
    removals: createRemovals(world),
    transfer: createTransfer(world),
    siteIds: () => kept.all(),
  }
}
