import type { Clock } from './clock.ts'
import type { Database } from './database.ts'

/** Tables that keep a schedule for each site (`schedule_json`) and since when its next time is counted (`counted_from`). */
type ScheduleTable = 'build_settings' | 'inspection_settings'

interface Row {
  readonly siteId: string
  readonly schedule: string
  readonly countedFromMs: number
}

/** When what runs by itself comes for each site. */
export interface SiteSchedules<Schedule> {
  /** The next time of a site; null for none. In the past: it is due. */
  nextAtMs(siteId: string): number | null
  /** Sites whose time has come. Each is told once: the next time is counted from now. */
  takeDue(): readonly { readonly siteId: string; readonly schedule: Schedule }[]
}

/** @param nextAfter the first time of a schedule after an instant; null for none. */
export function createSiteSchedules<Schedule>(
  { raw, transact }: Pick<Database, 'raw' | 'transact'>,
  clock: Clock,
  table: ScheduleTable,
  nextAfter: (schedule: Schedule, fromMs: number) => number | null,
): SiteSchedules<Schedule> {
  const rows = `SELECT site_id AS siteId, schedule_json AS schedule, counted_from AS countedFromMs FROM ${table}`
  const one = raw.prepare<[string], Row>(`${rows} WHERE site_id = ?`)
  const scheduled = raw.prepare<[], Row>(
    `${rows} WHERE schedule_json ->> '$.kind' <> 'off' AND site_id IN (SELECT id FROM sites WHERE removed_at IS NULL)`,
  )
  const count = raw.prepare(`UPDATE ${table} SET counted_from = ? WHERE site_id = ?`)
  const scheduleOf = (row: Row) => JSON.parse(row.schedule) as Schedule
  const nextOf = (row: Row) => nextAfter(scheduleOf(row), row.countedFromMs)
  return {
    nextAtMs(siteId) {
      const row = one.get(siteId)
      return row ? nextOf(row) : null
    },
    takeDue: () =>
      transact(() => {
        const nowMs = clock()
        const due = scheduled.all().filter((row) => (nextOf(row) ?? Number.POSITIVE_INFINITY) <= nowMs)
        for (const { siteId } of due) count.run(nowMs, siteId)
        return due.map((row) => ({ siteId: row.siteId, schedule: scheduleOf(row) }))
      }),
  }
}
