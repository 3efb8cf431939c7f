import type { Database } from '#main/platform/database.ts'

/** Releases that lay in the bucket once and were removed, here or elsewhere, have no place to be fetched from any more. */
export function forgetRemoved(db: Database, siteId: string, there: readonly string[]): void {
  db.raw
    .prepare(`UPDATE builds SET remote_json = json_set(remote_json, '$.release.originPath', NULL)
      WHERE site_id = ? AND remote_json ->> '$.release.manifestUrl' LIKE 'bucket:%'
        AND remote_json ->> '$.release.originPath' IS NOT NULL
        AND remote_json ->> '$.release.id' NOT IN (SELECT value FROM json_each(?))`)
    .run(siteId, JSON.stringify(there))
}
