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
 * Two sites with one zone would each check and purge it, and each think that the other's purges came from nowhere. A site with
 * the same `key` is brought up to date instead.
 *
 * @throws AppError `CONFLICT` at the zone.
 */
export function refuseSameHosts(db: Raw, input: SiteInput): void {
  const own = input.key === undefined ? undefined : db.prepare<[string], { id: string }>('SELECT id FROM sites WHERE key = ?').get(input.key)
  const taken = db.prepare<[string, string], { name: string }>(
    'SELECT s.name FROM sites s JOIN zones z ON z.site_id = s.id WHERE z.host = ? AND s.id <> ? LIMIT 1',
  )
  for (const [index, zone] of input.zones.entries()) {
    const { host } = new URL(zone.url)
    const other = taken.get(host, own?.id ?? '')
    if (!other) continue
    throw new AppError('CONFLICT', `${host} is a zone of ${other.name} already.`, {
      field: `zones.${index}.url`,
      fix: `Open ${other.name} on the Sites screen, or leave this address out.`,
      retryable: false,
    })
  }
}
