import { beforeEach, describe, expect, test } from 'vitest'
import type { CheckSchedule } from '#shared/inspection-runs.ts'
import { AppError } from '#shared/errors.ts'
import { createCheckSettings, nextAfter, type CheckSettingsStore } from '#main/inspection/check-settings.ts'
import { createSchedule } from '#main/inspection/schedule.ts'
import { silentLog } from '#main/platform/log.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

const MINUTE = 60_000
let nowMs = Date.UTC(2026, 10, 20, 12)
let settings: CheckSettingsStore
let started: { siteId: string; rendersAtMost: number; by: string }[]
let refuses: Error | null
let look: () => Promise<void>

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 20, 12)
  started = []
  refuses = null
  const site = await storedSite()
  settings = createCheckSettings(site.db, () => nowMs)
  const schedule = createSchedule({
    settings,
    runs: {
      async start(siteId, _selection, rendersAtMost, by) {
        if (refuses) throw refuses
        started.push({ siteId, rendersAtMost, by })
        throw new AppError('CONFLICT', 'This run is only told of.')
      },
    },
    log: silentLog,
    stopped: new AbortController().signal,
  })
  look = schedule.look
})

const save = (schedule: CheckSchedule) => settings.save(SITE, { parallel: 8, perSecond: null, rendersAtMost: 77, schedule })

describe('A check by itself', () => {
  test('starts when its minutes are over, with the limit of renders of the site', async () => {
    save({ kind: 'every', minutes: 30 })
    expect(settings.nextAtMs(SITE)).toBe(nowMs + 30 * MINUTE)
    nowMs += 29 * MINUTE
    await look()
    expect(started).toEqual([])
    nowMs += MINUTE
    await look()
    await look()
    expect(started).toEqual([{ siteId: SITE, rendersAtMost: 77, by: 'schedule' }])
    expect(settings.nextAtMs(SITE)).toBe(nowMs + 30 * MINUTE)
  })

  test('starts once after a long sleep', async () => {
    save({ kind: 'every', minutes: 10 })
    nowMs += 9 * 60 * MINUTE
    await look()
    await look()
    expect(started).toHaveLength(1)
  })

  test('waits for its next turn when a check is under way', async () => {
    save({ kind: 'every', minutes: 10 })
    refuses = new AppError('CONFLICT', 'A check of this site is under way already.')
    nowMs += 10 * MINUTE
    await look()
    refuses = null
    await look()
    expect(started).toEqual([])
    nowMs += 10 * MINUTE
    await look()
    expect(started).toHaveLength(1)
  })

  test('is not begun anew by saving the same schedule', () => {
    save({ kind: 'every', minutes: 30 })
    const next = settings.nextAtMs(SITE)
    nowMs += 20 * MINUTE
    save({ kind: 'every', minutes: 30 })
    expect(settings.nextAtMs(SITE)).toBe(next)
  })

  test('that is off never comes', async () => {
    save({ kind: 'off' })
    nowMs += 1_000 * MINUTE
    await look()
    expect([started, settings.nextAtMs(SITE)]).toEqual([[], null])
  })
})

describe('A calendar', () => {
  test('counts in its time zone, over the change to summer time', () => {
    const at = { kind: 'cron', cron: '0 3 * * *', timeZone: 'Europe/Berlin' } as const
    expect(new Date(nextAfter(at, Date.UTC(2026, 0, 10, 12)) ?? 0).toISOString()).toBe('2026-01-11T02:00:00.000Z')
    expect(new Date(nextAfter(at, Date.UTC(2026, 6, 10, 12)) ?? 0).toISOString()).toBe('2026-07-11T01:00:00.000Z')
  })

  test.each([
    ['at 3', 'Europe/Berlin', 'cron', 'it has 2 fields, and there are five'],
    ['0 0 3 * * *', 'Europe/Berlin', 'cron', 'it has 6 fields, and there are five'],
    ['99 3 * * *', 'UTC', 'cron', 'there is no such minute'],
    ['0 3 31 2 *', 'Europe/Berlin', 'cron', 'never comes'],
    ['0 3 * * *', 'Berlin/Europe', 'timeZone', 'Berlin/Europe is no time zone'],
  ])('%s in %s is refused, naming the field', (cron, timeZone, field, words) => {
    const refused = expect.objectContaining({
      code: 'BAD_INPUT',
      message: expect.stringContaining(words),
      details: expect.objectContaining({ field: `settings.schedule.${field}` }),
    })
    expect(() => save({ kind: 'cron', cron, timeZone })).toThrow(refused)
  })

  test('of six fields that was kept before still comes', () => {
    const at = { kind: 'cron', cron: '0 0 3 * * *', timeZone: 'UTC' } as const
    expect(nextAfter(at, Date.UTC(2026, 0, 10, 12))).toBe(Date.UTC(2026, 0, 11, 3))
  })
})
