import { AppError } from '#shared/errors.ts'
import type { SiteInput } from '#shared/sites.ts'
import type { Raw } from '#main/platform/database.ts'

/** The sites that have one of these hosts as a zone. */
export function sitesWithHosts(db: Raw, hosts: readonly string[]): { siteId: string; name: string; host: string }[] {
  return db
    .prepare<[string], { siteId: string; name: string; host: string }>(
      `SELECT s.id AS siteId, s.name, z.host FROM zones z JOIN sites s ON s.id = z.site_id
       WHERE z.host IN (SELECT value FROM json_each(?)) ORDER BY s.name, z.id`,
    )
    .all(JSON.stringify(hosts))
}

/**
 * Two sites with one zone would each check and purge it, and each think that the other's purges came from nowhere. A site file
 * with a `key` says itself which site it is.
 *
 * @throws AppError `CONFLICT` at the zone.
 */
export function refuseSameHosts(db: Raw, { key, zones }: SiteInput): void {
  if (key !== undefined) return
  const hosts = zones.map(({ url }) => new URL(url).host)
  const [taken] = sitesWithHosts(db, hosts)
  if (!taken) return
  throw new AppError('CONFLICT', `${taken.host} is a zone of ${taken.name} already.`, {
    field: `zones.${hosts.indexOf(taken.host)}.url`,
    fix: `Open ${taken.name} on the Sites screen, or leave this address out.`,
    retryable: false,
  })
}
