import { VISIT_MINUTES, type ToldVisit, type VisitCheck } from '#shared/hooks.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { randomText } from '#main/platform/hmac.ts'
import { createIgnoredVisits } from './ignored-visits.ts'
import type { Visit, VisitSite } from './visit-desk.ts'

/** Told of each page that somebody looks at; the feature that purges on visits decides what follows. */
export type Visited = (siteId: string, host: string, path: string, stamp: string | null) => void

/** Which sites' pages report visits, and what visitors' copies said of themselves. */
export interface VisitStore {
  sites(): VisitSite[]
  save(siteId: string, enabled: boolean, minutes: VisitCheck['minutes']): void
  read(siteId: string): Omit<VisitCheck, 'snippet'> & { readonly key: string | null }
  /** Keeps the newest stamp of each known page; what is no page of ours is told of and not kept. */
  take(visits: readonly Visit[]): void
}

const KEY_BYTES = 18
const USUAL_MINUTES = 5
const LATELY = 10

/** How often a page of a site is told of at most, in minutes. */
export function visitMinutes({ raw }: Pick<Database, 'raw'>): (siteId: string) => VisitCheck['minutes'] {
  const check = raw.prepare<[string], { minutes: number }>('SELECT minutes FROM visit_checks WHERE site_id = ?')
  return (siteId) => {
    const row = check.get(siteId)
    return VISIT_MINUTES.find((minutes) => minutes === row?.minutes) ?? USUAL_MINUTES
  }
}

export function createVisitStore(db: Database, clock: Clock, visited: Visited): VisitStore {
  const { raw } = db
  const minutesOf = visitMinutes(db)
  const check = raw.prepare<[string], { key: string; enabled: number }>('SELECT key, enabled FROM visit_checks WHERE site_id = ?')
  const seen = raw.prepare<[string], { pages: number; at: number | null }>(
    'SELECT count(*) AS pages, max(seen_at) AS at FROM visit_stamps WHERE site_id = ?',
  )
  const enabled = raw.prepare<[], { siteId: string; key: string; hosts: string }>(
    `SELECT visit_checks.site_id AS siteId, visit_checks.key, json_group_array(host) AS hosts FROM visit_checks
     JOIN zones ON zones.site_id = visit_checks.site_id JOIN sites ON sites.id = visit_checks.site_id
     WHERE enabled = 1 AND removed_at IS NULL GROUP BY visit_checks.site_id`,
  )
  const keep = raw.prepare(`INSERT INTO visit_stamps (page_id, site_id, seen_at, stamp, visits)
    SELECT pages.id, pages.site_id, @atMs, @stamp, @visits FROM pages JOIN zones ON zones.id = pages.zone_id
    WHERE pages.site_id = @siteId AND zones.host = @host AND pages.path = @path
    ON CONFLICT (page_id) DO UPDATE SET seen_at = @atMs, stamp = @stamp, visits = visits + @visits`)
  const lately = raw.prepare<[string], Omit<ToldVisit, 'ignored'>>(
    `SELECT zones.host, pages.path, seen_at AS atMs, visits FROM visit_stamps JOIN pages ON pages.id = page_id
     JOIN zones ON zones.id = pages.zone_id WHERE visit_stamps.site_id = ? ORDER BY seen_at DESC LIMIT ${LATELY}`,
  )
  const ignored = createIgnoredVisits(LATELY)
  return {
    // We have the database write this JSON.
    sites: () => enabled.all().map(({ siteId, key, hosts }) => ({ siteId, key, hosts: JSON.parse(hosts) as string[] })),
    save(siteId, on, minutes) {
      raw
        .prepare(
          `INSERT INTO visit_checks (site_id, key, enabled, minutes) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET enabled = excluded.enabled, minutes = excluded.minutes`,
        )
        .run(siteId, randomText(KEY_BYTES), on ? 1 : 0, minutes)
    },
    read(siteId) {
      const row = check.get(siteId)
      const { pages = 0, at = null } = seen.get(siteId) ?? {}
      return {
        key: row?.key ?? null,
        enabled: row?.enabled === 1,
        minutes: minutesOf(siteId),
        pagesSeen: pages,
        lastAtMs: at,
        lately: [...lately.all(siteId).map((visit) => ({ ...visit, ignored: null })), ...ignored.list(siteId)]
          .sort((a, b) => b.atMs - a.atMs)
          .slice(0, LATELY),
      }
    },
    take(visits) {
      const own = visits.filter(({ foreign }) => foreign !== true)
      for (const visit of visits) if (visit.foreign === true) ignored.add(visit, 'foreign-site')
      db.transact(() => {
        for (const { siteId, host, path, stamp, visits: count, atMs } of own) {
          const at = Math.min(atMs, clock())
          const { changes } = keep.run({ siteId, host, path, stamp, visits: count, atMs: at })
          if (changes === 0) ignored.add({ siteId, host, path, stamp, visits: count, atMs: at }, 'unknown-page')
        }
      })
      for (const { siteId, host, path, stamp } of own) visited(siteId, host, path, stamp)
    },
  }
}
