import type { BuildSchedule, BuildSettings } from '#shared/build-queue.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { createSiteSchedules } from '#main/platform/site-schedules.ts'

const USUAL: BuildSettings = { quietSeconds: 20, longestSeconds: 300, schedule: { kind: 'off' } }

/** How the changes of each site are gathered into builds, and when it is built by itself. */
export interface BuildSettingsStore {
  read(siteId: string): BuildSettings
  /** Throws `BAD_INPUT` when the schedule is none. */
  save(siteId: string, settings: BuildSettings): void
  /** The next time a site is built by itself; null when it is not. In the past: it is due. */
  nextAtMs(siteId: string): number | null
  /** Sites whose time has come, and since when each has been counted. Each is told once: the next time is counted from now. */
  takeDue(): readonly { readonly siteId: string; readonly onlyIfChanged: boolean }[]
}

interface Row {
  readonly quietSeconds: number
  readonly longestSeconds: number
  readonly schedule: string
}

/** When a schedule comes; both throw `BAD_INPUT`. */
export interface Calendar {
  /** The first time after an instant; null for none. */
  nextAfter(schedule: BuildSchedule, fromMs: number): number | null
  /** Refuses what a person wrote. */
  refuseSchedule(schedule: BuildSchedule, nowMs: number): void
}

export function createBuildSettings(
  db: Pick<Database, 'raw' | 'transact'>,
  clock: Clock,
  { nextAfter, refuseSchedule }: Calendar,
): BuildSettingsStore {
  const { raw } = db
  const one = raw.prepare<[string], Row>(`SELECT quiet_seconds AS quietSeconds, longest_seconds AS longestSeconds,
    schedule_json AS schedule FROM build_settings WHERE site_id = ?`)
  const write = raw.prepare(`INSERT INTO build_settings (site_id, quiet_seconds, longest_seconds, schedule_json, counted_from)
    VALUES (@siteId, @quietSeconds, @longestSeconds, @schedule, @nowMs)
    ON CONFLICT (site_id) DO UPDATE SET quiet_seconds = @quietSeconds, longest_seconds = @longestSeconds,
      counted_from = CASE WHEN schedule_json = @schedule THEN counted_from ELSE @nowMs END, schedule_json = @schedule`)
  const { nextAtMs, takeDue } = createSiteSchedules(db, clock, 'build_settings', nextAfter)
  return {
    read(siteId) {
      const row = one.get(siteId)
      return row
        ? {
            quietSeconds: row.quietSeconds,
            longestSeconds: row.longestSeconds,
            schedule: JSON.parse(row.schedule) as BuildSchedule,
          }
        : USUAL
    },
    save(siteId, settings) {
      const nowMs = clock()
      refuseSchedule(settings.schedule, nowMs)
      const longestSeconds = Math.max(settings.longestSeconds, settings.quietSeconds)
      write.run({ ...settings, siteId, longestSeconds, schedule: JSON.stringify(settings.schedule), nowMs })
    },
    nextAtMs,
    takeDue: () =>
      takeDue().map(({ siteId, schedule }) => ({
        siteId,
        onlyIfChanged: schedule.kind !== 'off' && schedule.onlyIfChanged,
      })),
  }
}
