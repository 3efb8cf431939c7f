import type { LogEntry } from '#shared/activity.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

/** Who did what, for people to read. */
export interface ActivityLog {
  write(entry: { readonly siteId: string | null; readonly by: string; readonly text: string }): void
  read(limit: number): Promise<LogEntry[]>
}

export function createActivityLog(db: Database, changes: Changes, clock: Clock): ActivityLog {
  const insert = db.raw.prepare('INSERT INTO log (at, site_id, by, text) VALUES (?, ?, ?, ?)')
  return {
    write({ siteId, by, text }) {
      insert.run(clock(), siteId, by, text)
      changes.tell('log')
    },
    async read(limit) {
      const rows = await db.query.selectFrom('log').selectAll().orderBy('id', 'desc').limit(limit).execute()
      return rows.map((row) => ({ id: row.id, atMs: row.at, siteId: row.site_id, by: row.by, text: row.text }))
    },
  }
}
