import { join } from 'node:path'
import type { Base } from './base.ts'
import type { Building } from './building.ts'
import type { Checking } from './checking.ts'
import type { Purging } from './purging.ts'
import type { Hooks } from './hooks/service.ts'
import { nextAfter } from './inspection/check-settings.ts'
import { readPageRules, writePageRules } from './pages/page-rules.ts'
import { createPageViews } from './pages/views.ts'
import { ssoExpiry } from './providers/cloudfront/sso-expiry.ts'
import { createSiteChanges } from './sites/change-site.ts'
import { createCredentials } from './sites/credentials/credentials.ts'
import type { SitesWorld } from './sites/handlers.ts'
import { createRemovals } from './sites/removal.ts'
import { createTransfer, type TransferWorld } from './sites/transfer.ts'

/** What happens with sites after they were added: changed, exported, removed, restored. */
export function createSiteLife(has: {
  readonly base: Base
  readonly checking: Checking
  readonly building: Building
  readonly purging: Purging
  readonly hooks: Hooks
  readonly sites: SitesWorld
}) {
  const { base, building, checking, purging, hooks, sites } = has
  const { changes, connections, dataFolder, db, jobs, local, log, note, secrets, stopped, uses, work } = base
  const kept = db.raw.prepare<[], string>('SELECT id FROM sites WHERE removed_at IS NULL ORDER BY created_at, id').pluck()
  const hasPages = db.raw.prepare<[string]>('SELECT 1 FROM pages WHERE site_id = ? LIMIT 1')
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
    accountNamed: purging.budgetSettings.moved,
    carried: {
      pageRules: {
        read: (siteId) => readPageRules(db.raw, siteId),
        // Without pages nothing has to be merged.
        save: (siteId, rules, by) =>
          hasPages.get(siteId) === undefined
            ? writePageRules(db.raw, siteId, rules)
            : void checking.discovery.saveRules(siteId, rules, by),
        check: checking.discovery.refuseWhileBusy,
      },
      limits: { read: purging.budgetSettings.readSite, save: purging.budgetSettings.saveSite },
      checks: checking.checkSettings,
      builds: building.buildQueue.settings,
      visitCheck: {
        read(siteId) {
          const { enabled, minutes } = hooks.visitCheck(siteId)
          return { enabled, minutes }
        },
        save: (siteId, { enabled, minutes }) => hooks.saveVisitCheck(siteId, enabled, minutes),
      },
      budget: purging.budgetSettings,
      checkSchedule: (schedule) => void nextAfter(schedule, base.clock()),
      sources: {
        ...hooks.sources,
        list: (siteId) =>
          hooks.sources
            .list(siteId)
            .map(({ id, kind, name, settings, reading }) => ({ id, kind, name, settings, reading: reading?.settings ?? null })),
      },
      rules: hooks.rules,
      views: createPageViews(db, base.clock),
    } satisfies TransferWorld['carried'],
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
    stopped,
  }
}
