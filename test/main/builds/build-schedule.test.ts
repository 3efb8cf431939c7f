import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { QueueFeature } from '#main/builds/queue-handlers.ts'
import { startQueueWorld, type QueueWorld } from '../../support/build-queue-world.ts'
import { SITE } from '../../support/stored-site.ts'

let world: QueueWorld
beforeEach(async () => {
  world = await startQueueWorld()
})
afterEach(() => world.close())

describe('By itself', () => {
  const save = (schedule: Parameters<QueueFeature['settings']['save']>[1]['schedule']) =>
    world.feature.settings.save(SITE, { quietSeconds: 20, longestSeconds: 300, schedule })

  test('a site is built at the times of its schedule, in its time zone', async () => {
    world.nowMs = Date.parse('2026-03-28T20:00:00Z')
    save({ kind: 'cron', cron: '30 3 * * *', timeZone: 'Europe/Berlin', onlyIfChanged: false })
    // The clocks of Berlin go forward in that night: half past three is half past one in UTC.
    expect((await world.look()).nextScheduledAtMs).toBe(Date.parse('2026-03-29T01:30:00Z'))
    world.nowMs = Date.parse('2026-03-29T01:29:59Z')
    await world.feature.queue.look()
    expect(world.titles()).toEqual([])
    await world.after(1)
    expect(world.titles()).toEqual(['Scheduled build'])
  })

  test('once after a time without the program, not once for every time that was missed', async () => {
    save({ kind: 'every', minutes: 60, onlyIfChanged: false })
    world.nowMs += 9 * 3_600_000
    world.restart()
    await world.feature.queue.look()
    world.endAll()
    await world.after(60)
    expect(world.titles()).toHaveLength(1)
  })

  test('hourly, only if something changed', async () => {
    save({ kind: 'every', minutes: 60, onlyIfChanged: true })
    await world.after(3_600)
    expect(world.titles()).toEqual([])
    world.site.page('/menu', { changed_since: world.nowMs })
    world.site.page('/rendered', { changed_since: world.nowMs, renders_on_demand: 1 })
    await world.after(3_600)
    expect(world.titles()).toEqual(['Scheduled: 1 changed page'])
  })

  test('a schedule that is none is refused by its field', () => {
    const six = { kind: 'cron', cron: '0 0 3 * * *', timeZone: 'UTC', onlyIfChanged: true } as const
    expect(() => save(six)).toThrow('it has 6 fields')
    expect(() => save({ kind: 'cron', cron: 'never', timeZone: 'Europe/Berlin', onlyIfChanged: true })).toThrow('no schedule')
    expect(() => save({ kind: 'cron', cron: '0 3 * * *', timeZone: 'Mars', onlyIfChanged: true })).toThrow('no time zone')
  })
})
