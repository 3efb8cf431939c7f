import { expect, test } from 'vitest'
import { createAutomation } from '#main/automation/pause.ts'
import { createChanges } from '#main/platform/changes.ts'
import { createCheckSettings } from '#main/inspection/check-settings.ts'
import { createSchedule } from '#main/inspection/schedule.ts'
import { silentLog } from '#main/platform/log.ts'
import { AppError } from '#shared/errors.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

test('A pause is kept over a restart, with who made it, and is told of once', async () => {
  const { db } = await storedSite()
  const automation = createAutomation(db, createChanges(), () => 5)
  const told: boolean[] = []
  automation.onChange((paused) => told.push(paused))
  expect([automation.setPaused(true, 'Ada'), automation.setPaused(true, 'Bob')]).toEqual([true, false])
  expect(createAutomation(db, createChanges(), () => 9).pause()).toEqual({ atMs: 5, by: 'Ada' })
  automation.setPaused(false, 'Bob')
  expect([automation.paused(), automation.pause(), told]).toEqual([false, null, [true, false]])
  db.close()
})

test('A check whose time comes while automation is paused starts once afterwards', async () => {
  const { db } = await storedSite()
  let nowMs = Date.UTC(2026, 10, 20, 12)
  let paused = true
  const started: string[] = []
  const settings = createCheckSettings(db, () => nowMs)
  settings.save(SITE, { parallel: 8, perSecond: null, rendersAtMost: 77, schedule: { kind: 'every', minutes: 60 } })
  const { look } = createSchedule({
    settings,
    runs: {
      async start(siteId) {
        started.push(siteId)
        throw new AppError('CONFLICT', 'This run is only told of.')
      },
    },
    log: silentLog,
    stopped: new AbortController().signal,
    paused: () => paused,
  })
  nowMs += 5 * 3_600_000
  await look()
  expect(started).toEqual([])
  paused = false
  await look()
  await look()
  expect(started).toEqual([SITE])
  db.close()
})
