import type { ActivityFacts } from '#shared/activity.ts'
import { AppError } from '#shared/errors.ts'
import type { SiteInput } from '#shared/sites.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import type { Connections, Vendors } from './connections.ts'
import { readSites } from './read-sites.ts'
import { refuseSameHosts } from './same-hosts.ts'
import { saveSite, secretNames } from './store.ts'
import { testConnection, type Reach } from './test-connection.ts'

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

export function sitesHandlers(world: SitesWorld) {
  return os.sites.router({
    list: os.sites.list.handler(() => readSites(world.db.query)),
    test: os.sites.test.handler(async ({ input }) => {
      const findings = await testConnection(input, world.vendors, world.reach)
      return { ok: findings.every((finding) => finding.ok), findings }
    }),
    add: os.sites.add.handler(async ({ input, context }) => {
      refuseSameHosts(world.db.raw, input)
      const siteId = await addSite(world, input)
      world.note(siteId, context.person, `Added the site ${input.name}`, { kind: 'site', result: 'done' })
      return { siteId }
    }),
    remove: os.sites.remove.handler(async ({ input, context }) => {
      const names = secretNames(input.siteId)
      world.unwatch(input.siteId)
      world.connections.forget(input.siteId)
      const row = await world.db.query.deleteFrom('sites').where('id', '=', input.siteId).returning('name').executeTakeFirst()
      if (!row) throw new AppError('NOT_FOUND', 'This site is not here any more.', { field: 'siteId' })
      await Promise.all(Object.values(names).map((name) => world.secrets.remove(name)))
      await world.vendors.removeLocal(input.siteId)
      world.note(null, context.person, `Removed the site ${row.name}`, { kind: 'site', result: 'done' })
      world.changes.tell('sites', 'pages', 'plans', 'builds', 'tags')
      return { removed: true }
    }),
  })
}

/** Stores a site and begins to watch it. Also the way in for a site file. */
export async function addSite(world: Omit<SitesWorld, 'reach' | 'note'>, input: SiteInput): Promise<string> {
  const siteId = await saveSite(world.db, world.secrets, input, world.clock())
  world.connections.forget(siteId)
  world.changes.tell('sites')
  world.watch(siteId)
  return siteId
}
