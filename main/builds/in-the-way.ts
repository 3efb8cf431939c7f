import type { Database } from '#main/platform/database.ts'
import { switchUnderWay } from './pins.ts'

/** What has to end before visitors are given another release; null when nothing is in the way. `asked`: by a person. */
export function inTheWay(
  db: Database,
  siteId: string,
  asked: boolean,
): { readonly message: string; readonly fix: string } | null {
  if (switchUnderWay(db, siteId)) return { message: 'The site is being switched already.', fix: 'Wait until it has ended.' }
  const has = (sql: string) => db.raw.prepare(sql).get(siteId) !== undefined
  // A plan may be waiting for the very build that gives visitors this release.
  const states = asked ? `'building', 'purging'` : `'purging'`
  if (has(`SELECT 1 FROM plans WHERE site_id = ? AND state IN (${states})`)) {
    return { message: 'A purge of this site is under way.', fix: 'Wait until it has been sent, or cancel it.' }
  }
  if (asked && has(`SELECT 1 FROM builds WHERE site_id = ? AND state IN ('queued', 'running')`)) {
    return {
      message: 'A build is under way, and it would publish its release over the one you choose.',
      fix: 'Cancel the build, or wait until it has ended.',
    }
  }
  return null
}
