import type { Database } from '#main/platform/database.ts'

/**
 * Releases that lay in the bucket once and were removed, here or elsewhere, have no place to be fetched from any more; and
 * those that a build here has made are no builds of their own.
 */
export function forgetRemoved(db: Database, siteId: string, there: readonly string[]): void {
  db.raw
    .prepare(`UPDATE builds SET remote_json = json_set(remote_json, '$.release.originPath', NULL)
      WHERE site_id = ? AND remote_json ->> '$.release.manifestUrl' LIKE 'bucket:%'
        AND remote_json ->> '$.release.originPath' IS NOT NULL
        AND remote_json ->> '$.release.id' NOT IN (SELECT value FROM json_each(?))`)
    .run(siteId, JSON.stringify(there))
  db.raw
    .prepare(`DELETE FROM builds WHERE site_id = @siteId AND remote_id LIKE 'bucket:%' AND remote_json ->> '$.release.id' IN (
      SELECT remote_json ->> '$.release.id' FROM builds
      WHERE site_id = @siteId AND remote_id NOT LIKE 'bucket:%' AND state = 'succeeded')`)
    .run({ siteId })
}
