import { AppError } from '#shared/errors.ts'
import type { SiteInput } from '#shared/sites.ts'
import type { Raw } from '#main/platform/database.ts'

/** The sites that have one of these hosts as a zone. */
export function sitesWithHosts(db: Raw, hosts: readonly string[]): { siteId: string; name: string }[] {
  return db
    .prepare<[string], { siteId: string; name: string }>(
      `SELECT DISTINCT s.id AS siteId, s.name FROM sites s JOIN zones z ON z.site_id = s.id
       WHERE z.host IN (SELECT value FROM json_each(?)) ORDER BY s.name`,
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
  for (const [index, zone] of zones.entries()) {
    const { host } = new URL(zone.url)
    const [other] = sitesWithHosts(db, [host])
    if (!other) continue
    throw new AppError('CONFLICT', `${host} is a zone of ${other.name} already.`, {
      field: `zones.${index}.url`,
      fix: `Open ${other.name} on the Sites screen, or leave this address out.`,
      retryable: false,
    })
  }
}
