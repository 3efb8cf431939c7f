import type { ActivityFacts } from '#shared/activity.ts'
import type { SiteInput } from '#shared/sites.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import type { Connections, Vendors } from './connections.ts'
import { readSites } from './read-sites.ts'
import type { Removals } from './removal.ts'
import { refuseSameHosts } from './same-hosts.ts'
import { saveSite } from './store.ts'
import { testSite, type Reach } from './test-connection.ts'

export interface SitesWorld {
  readonly db: Database
  readonly secrets: Secrets
  readonly clock: Clock
  readonly changes: Changes
  readonly connections: Connections
  readonly vendors: Vendors
  readonly reach: Reach
  note(siteId: string | null, by: string, text: string, facts: ActivityFacts): void
  /** Begins to look for the site's pages and releases. */
  watch(siteId: string): void
  unwatch(siteId: string): void
}

export function sitesHandlers(world: SitesWorld & { readonly removals: Removals }) {
  return os.sites.router({
    list: os.sites.list.handler(() => readSites(world.db.query)),
    test: os.sites.test.handler(async ({ input }) => {
      const findings = await testSite(input, world.vendors, world.reach)
      return { ok: findings.every((finding) => finding.ok), findings }
    }),
    add: os.sites.add.handler(async ({ input, context }) => {
      refuseSameHosts(world.db.raw, input)
      const siteId = await addSite(world, input, true)
      world.note(siteId, context.person, `Added the site ${input.name}`, { kind: 'site', result: 'done' })
      return { siteId }
    }),
    remove: os.sites.remove.handler(async ({ input, context }) => {
      await world.removals.remove(input.siteId, context.person)
      return { removed: true }
    }),
  })
}

/**
 * Stores a site and begins to watch it. Also the way in for a site file. `again`: one that was removed comes back; without
 * it, it is only brought up to date.
 */
export async function addSite(world: Omit<SitesWorld, 'reach' | 'note'>, input: SiteInput, again = false): Promise<string> {
  const siteId = await saveSite(world.db, world.secrets, input, world.clock())
  world.connections.forget(siteId)
  if (again) world.db.raw.prepare('UPDATE sites SET removed_at = NULL, removed_by = NULL WHERE id = ?').run(siteId)
  const kept = world.db.raw.prepare<[string]>('SELECT 1 FROM sites WHERE id = ? AND removed_at IS NULL').get(siteId)
  world.changes.tell('sites')
  if (kept !== undefined) world.watch(siteId)
  return siteId
}
