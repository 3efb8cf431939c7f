import { AppError } from '#shared/errors.ts'
import type { RemovalPreview, RemovedSite } from '#shared/site-settings.ts'
import { delay } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import type { ChangeWorld } from './change-site.ts'
import { DEMO_SITE_KEY } from './demo-site.ts'
import { secretNames } from './store.ts'
import { dropWaiting, waitingOf } from './waiting-work.ts'
import { underWay } from './under-way.ts'
import { refuseTaken } from './same-hosts.ts'

export interface RemovalWorld extends ChangeWorld {
  readonly log: Log
  readonly stopped: AbortSignal
  /** Takes the secrets of a site's sources out of the vault. */
  forgetSources(siteId: string): Promise<void>
  /** Ends what runs for the site. */
  stop(siteId: string): Promise<void>
  /** After a site was removed or has come back: who may deliver has changed. */
  relisten(): Promise<void>
}

/** Sites are removed in two steps: out of sight at once, for good after a while. */
export interface Removals {
  preview(siteId: string): RemovalPreview
  /** Throws `CONFLICT` while a purge, a switch or a deploy of it is under way. */
  remove(siteId: string, by: string): Promise<void>
  list(): RemovedSite[]
  restore(siteId: string, by: string): Promise<void>
  erase(siteId: string, by: string): Promise<void>
  /** Removes for good whose time has come, now and every hour. */
  begin(): void
}

const DAY_MS = 86_400_000
const KEPT_DAYS = 30
const LOOK_EVERY_MS = 3_600_000

export function createRemovals(world: RemovalWorld): Removals {
  const { db, clock, changes, note, secrets, stopped } = world
  const { raw } = db
  const count = (sql: string) => {
    const statement = raw.prepare<[string], number>(sql).pluck()
    return (siteId: string): number => statement.get(siteId) ?? 0
  }
  const counts = {
    pages: count('SELECT count(*) FROM pages WHERE site_id = ?'),
    plans: count('SELECT count(*) FROM plans WHERE site_id = ?'),
    builds: count('SELECT count(*) FROM builds WHERE site_id = ?'),
    schedules: count(`SELECT count(*) FROM (SELECT site_id, schedule_json FROM inspection_settings UNION ALL
      SELECT site_id, schedule_json FROM build_settings) WHERE site_id = ? AND schedule_json ->> '$.kind' <> 'off'`),
    sources: count('SELECT count(*) FROM hook_sources WHERE site_id = ?'),
    rules: count('SELECT count(*) FROM hook_rules WHERE site_id = ?'),
    ledgerEntries: count('SELECT count(*) FROM ledger WHERE purge_id IN (SELECT id FROM purges WHERE site_id = ?)'),
  }
  const removed = raw.prepare<[], Omit<RemovedSite, 'untilMs' | 'builtIn' | 'pages'> & { key: string | null }>(
    `SELECT id, key, name, removed_at AS removedAtMs, COALESCE(removed_by, '') AS removedBy,
       (SELECT count(*) FROM zones WHERE site_id = sites.id) AS zones
     FROM sites WHERE removed_at IS NOT NULL ORDER BY removed_at DESC, id`,
  )
  const tellAll = () => changes.tell('sites', 'pages', 'plans', 'builds', 'buildQueue', 'tags', 'hooks', 'budget')

  function need(siteId: string): { readonly name: string; readonly key: string | null; readonly removedAtMs: number } {
    const found = removed.all().find(({ id }) => id === siteId)
    if (found) return found
    throw new AppError('NOT_FOUND', 'This site is not among the removed ones any more.', {
      field: 'removedId',
      fix: 'Load the list again: somebody has restored it, or removed it for good.',
    })
  }

  async function erase(siteId: string, by: string): Promise<void> {
    const { name, key } = need(siteId)
    await world.dropPages({ siteId, hosts: null })
    // The built-in site comes back with the next start unless its row says that it was removed.
    if (key === DEMO_SITE_KEY) raw.prepare('DELETE FROM plans WHERE site_id = ?').run(siteId)
    else {
      await world.forgetSources(siteId)
      await Promise.all(Object.values(secretNames(siteId)).map((secret) => secrets.remove(secret)))
      await world.vendors.removeLocal(siteId)
      raw.prepare('DELETE FROM sites WHERE id = ? AND removed_at IS NOT NULL').run(siteId)
    }
    note(null, by, `Removed ${name} for good`, { kind: 'site', result: 'done' })
    tellAll()
  }

  async function eraseOld(): Promise<void> {
    for (const { id, key, removedAtMs } of removed.all()) {
      if (key !== DEMO_SITE_KEY && removedAtMs + KEPT_DAYS * DAY_MS <= clock()) await erase(id, 'Frostline')
    }
  }

  return {
    preview: (siteId) => ({
      pages: counts.pages(siteId),
      plans: counts.plans(siteId),
      builds: counts.builds(siteId),
      schedules: counts.schedules(siteId),
      sources: counts.sources(siteId),
      rules: counts.rules(siteId),
      ledgerEntries: counts.ledgerEntries(siteId),
      waiting: waitingOf(raw, siteId),
      held: underWay(raw, siteId),
      keptDays: KEPT_DAYS,
    }),
    async remove(siteId, by) {
      const { name, held } = db.transact(() => {
        const row = raw
          .prepare<[string], { name: string }>('SELECT name FROM sites WHERE id = ? AND removed_at IS NULL')
          .get(siteId)
        if (!row) throw new AppError('NOT_FOUND', 'This site is not here any more.', { field: 'siteId' })
        const busy = underWay(raw, siteId)
        if (busy === null) {
          dropWaiting(raw, siteId, clock())
          raw.prepare('UPDATE sites SET removed_at = ?, removed_by = ? WHERE id = ?').run(clock(), by, siteId)
        }
        return { name: row.name, held: busy }
      })
      if (held !== null) throw new AppError('CONFLICT', `${name} cannot be removed now. ${held}`, { retryable: true })
      world.unwatch(siteId)
      await world.stop(siteId)
      world.connections.forget(siteId)
      await world.relisten()
      note(null, by, `Removed the site ${name}. It can be restored for ${KEPT_DAYS} days`, { kind: 'site', result: 'done' })
      tellAll()
    },
    list: () =>
      removed.all().map(({ key, ...site }) => ({
        ...site,
        pages: counts.pages(site.id),
        untilMs: site.removedAtMs + KEPT_DAYS * DAY_MS,
        builtIn: key === DEMO_SITE_KEY,
      })),
    async restore(siteId, by) {
      const { name } = need(siteId)
      refuseTaken(raw, siteId)
      raw.prepare('UPDATE sites SET removed_at = NULL, removed_by = NULL WHERE id = ?').run(siteId)
      // Schedules go on with their next time rather than with those that have passed.
      for (const table of ['inspection_settings', 'build_settings'])
        raw.prepare(`UPDATE ${table} SET counted_from = ? WHERE site_id = ?`).run(clock(), siteId)
      world.watch(siteId)
      await world.relisten()
      note(siteId, by, `Restored the site ${name}`, { kind: 'site', result: 'done' })
      tellAll()
    },
    erase,
    begin() {
      const loop = async () => {
        while (!stopped.aborted) {
          await eraseOld().catch((error: unknown) => stopped.aborted || world.log.error({ err: error }, 'removed sites'))
          await delay(LOOK_EVERY_MS, stopped)
        }
      }
      void loop().catch(() => {})
    },
  }
}
