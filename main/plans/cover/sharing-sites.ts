import type { Raw } from '#main/platform/database.ts'

export interface SharingSite {
  readonly id: string
  readonly name: string
}

/**
 * The site itself, then every other site whose zones the same distribution serves. An item names no host: it purges the
 * same path of all of them.
 */
export function sharingSites(db: Raw, siteId: string): SharingSite[] {
  const others = db
    .prepare<[string], SharingSite>(
      `SELECT other.id, other.name FROM sites AS this JOIN sites AS other ON other.id <> this.id AND other.removed_at IS NULL
         AND other.settings_json ->> '$.edge.distributionId' = this.settings_json ->> '$.edge.distributionId'
         AND other.settings_json ->> '$.edge.account' = this.settings_json ->> '$.edge.account'
         AND other.settings_json ->> '$.edge.endpoint' IS this.settings_json ->> '$.edge.endpoint'
       WHERE this.id = ? ORDER BY other.id`,
    )
    .all(siteId)
  const own = db.prepare<[string], SharingSite>('SELECT id, name FROM sites WHERE id = ?').all(siteId)
  return [...own, ...others]
}
