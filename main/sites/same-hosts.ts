import { AppError } from '#shared/errors.ts'
import type { SiteInput } from '#shared/sites.ts'
import type { Raw } from '#main/platform/database.ts'

/** The sites that have one of these hosts as a zone; removed ones are none. */
export function sitesWithHosts(db: Raw, hosts: readonly string[]): { siteId: string; name: string; host: string }[] {
  return db
    .prepare<[string], { siteId: string; name: string; host: string }>(
      `SELECT s.id AS siteId, s.name, z.host FROM zones z JOIN sites s ON s.id = z.site_id
       WHERE s.removed_at IS NULL AND z.host IN (SELECT value FROM json_each(?)) ORDER BY s.name, z.id`,
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

/**
 * The same for a removed site that is to come back.
 *
 * @throws AppError `CONFLICT` that names the other site.
 */
export function refuseTaken(db: Raw, siteId: string): void {
  const hosts = db.prepare<[string], string>('SELECT host FROM zones WHERE site_id = ?').pluck().all(siteId)
  const [taken] = sitesWithHosts(db, hosts)
  if (!taken) return
  throw new AppError('CONFLICT', `${taken.host} has become a zone of ${taken.name}.`, {
    fix: `Remove it from ${taken.name}, or leave this site removed.`,
    retryable: false,
  })
}
