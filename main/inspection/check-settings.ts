import { Cron } from 'croner'
import { AppError } from '#shared/errors.ts'
import type { CheckSchedule, CheckSettings } from '#shared/inspection-runs.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { createSiteSchedules } from '#main/platform/site-schedules.ts'
import { USUAL_LIMITS } from './paced-site.ts'

const USUAL: CheckSettings = { ...USUAL_LIMITS, rendersAtMost: 1_000, schedule: { kind: 'off' } }

/** How each site is checked, and when by itself. */
export interface CheckSettingsStore {
  read(siteId: string): CheckSettings
  /** Throws `BAD_INPUT` when the schedule is none. */
  save(siteId: string, settings: CheckSettings): void
  /** The next time a site is checked by itself; null when it is not. In the past: it is due. */
  nextAtMs(siteId: string): number | null
  /** Sites whose time has come. Each is told once: the next time is counted from now. */
  takeDue(): readonly string[]
}

interface Row {
  readonly parallel: number
  readonly perSecond: number | null
  readonly rendersAtMost: number
  readonly schedule: string
}

export function createCheckSettings(db: Database, clock: Clock): CheckSettingsStore {
  const { raw } = db
  const one = raw.prepare<[string], Row>(`SELECT parallel, per_second AS perSecond, renders_at_most AS rendersAtMost,
    schedule_json AS schedule FROM inspection_settings WHERE site_id = ?`)
  const write =
    raw.prepare(`INSERT INTO inspection_settings (site_id, parallel, per_second, renders_at_most, schedule_json, counted_from)
    VALUES (@siteId, @parallel, @perSecond, @rendersAtMost, @schedule, @nowMs)
    ON CONFLICT (site_id) DO UPDATE SET parallel = @parallel, per_second = @perSecond, renders_at_most = @rendersAtMost,
      counted_from = CASE WHEN schedule_json = @schedule THEN counted_from ELSE @nowMs END, schedule_json = @schedule`)
  const { nextAtMs, takeDue } = createSiteSchedules(db, clock, 'inspection_settings', nextAfter)
  return {
    read(siteId) {
      const row = one.get(siteId)
      if (!row) return USUAL
      const { parallel, perSecond, rendersAtMost, schedule } = row
      return { parallel, perSecond, rendersAtMost, schedule: JSON.parse(schedule) as CheckSchedule }
    },
    save(siteId, settings) {
      refuseSchedule(settings.schedule, clock())
      write.run({ ...settings, siteId, schedule: JSON.stringify(settings.schedule), nowMs: clock() })
    },
    nextAtMs,
    takeDue: () => takeDue().map(({ siteId }) => siteId),
  }
}

/**
 * The first time of a schedule after an instant; null for none.
 *
 * @throws AppError `BAD_INPUT` when it cannot be read, or never comes.
 */
export function nextAfter(schedule: CheckSchedule, fromMs: number): number | null {
  if (schedule.kind === 'off') return null
  if (schedule.kind === 'every') return fromMs + schedule.minutes * 60_000
  const { cron, timeZone } = schedule
  const next = cronAfter(cron, timeZone, fromMs)
  if (next === null) throw refusal('cron', `"${cron}" never comes: the calendar has no such day.`, CRON_FIX)
  return next
}

/**
 * Refuses a schedule that a person wrote: what is kept may have been written under other rules, and is read by `nextAfter`.
 *
 * @throws AppError `BAD_INPUT` with the field that is wrong.
 */
export function refuseSchedule(schedule: CheckSchedule, nowMs: number): void {
  if (schedule.kind === 'cron') {
    const { length } = schedule.cron.trim().split(/\s+/)
    if (length !== 5)
      throw refusal(
        'cron',
        `"${schedule.cron}" is no schedule: it has ${length} ${length === 1 ? 'field' : 'fields'}, and there are five.`,
        CRON_FIX,
      )
  }
  nextAfter(schedule, nowMs)
}

const CRON_FIX = 'Write five fields: minute, hour, day, month, weekday. "0 3 * * 1-5" is 3 o’clock on working days.'

function cronAfter(pattern: string, timeZone: string, fromMs: number): number | null {
  if (!isTimeZone(timeZone)) throw refusal('timeZone', `${timeZone} is no time zone.`, 'Name one such as Europe/Berlin.')
  try {
    return new Cron(pattern, { timezone: timeZone }).nextRun(new Date(fromMs))?.getTime() ?? null
  } catch (error) {
    const part = /value for (minute|hour|day|month)\b/.exec(String(error))?.[1]
    const why = part === undefined ? '' : `: there is no such ${part}`
    throw refusal('cron', `"${pattern}" is no schedule${why}.`, CRON_FIX, error)
  }
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function refusal(field: 'cron' | 'timeZone', message: string, fix: string, cause?: unknown): AppError {
  return new AppError('BAD_INPUT', message, { field: `settings.schedule.${field}`, fix }, cause)
}
