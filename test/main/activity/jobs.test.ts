import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { createJobs } from '#main/activity/jobs.ts'
import { createChanges } from '#main/platform/changes.ts'
import { delay } from '#main/platform/clock.ts'
import { silentLog } from '#main/platform/log.ts'

let now = 1_000
const jobs = () => createJobs(createChanges(), () => now++, silentLog)
const WHAT = { siteId: 'site-1', kind: 'check', title: 'Check 3 pages' } as const

describe('A job', () => {
  test('is there at once, tells how far it is, and stays to be read when it is done', async () => {
    const all = jobs()
    const { promise, resolve } = Promise.withResolvers<string>()
    const { job, ended } = all.start({ ...WHAT, total: 3 }, async (update) => {
      update({ done: 2, note: '2 checked' })
      return promise
    })
    expect(job).toMatchObject({ ...WHAT, total: 3, state: 'running', done: 0, canCancel: true, endedAtMs: null })
    await Promise.resolve()
    expect(all.list()).toMatchObject([{ id: job.id, done: 2, note: '2 checked' }])
    resolve('3 checked')
    expect(await ended).toMatchObject({ state: 'done', note: '3 checked', canCancel: false, endedAtMs: expect.any(Number) })
    expect(all.list()).toMatchObject([{ id: job.id, state: 'done' }])
  })

  test('that fails says why, and keeps faults of the program to the log', async () => {
    const all = jobs()
    expect(
      await all.start(WHAT, async () => {
        throw new AppError('UNREACHABLE', 'The site is down.')
      }).ended,
    ).toMatchObject({ state: 'failed', note: 'The site is down.' })
    expect(
      await all.start(WHAT, async () => {
        throw new TypeError('x is undefined')
      }).ended,
    ).toMatchObject({ state: 'failed', note: 'Something went wrong inside. The log has the details.' })
    expect(
      await all.start(WHAT, () => {
        throw new AppError('CONFLICT', 'At once.')
      }).ended,
    ).toMatchObject({ state: 'failed', note: 'At once.' })
  })

  test('can be cancelled while it runs, and only then', async () => {
    const all = jobs()
    const { job, ended } = all.start(WHAT, (_update, signal) => delay(60_000, signal).then(() => ''))
    expect(all.cancel(job.id)).toBe(true)
    expect(await ended).toMatchObject({ state: 'cancelled', note: 'Cancelled.' })
    expect(all.cancel(job.id)).toBe(false)
  })

  test('that ends by itself after a cancel keeps what it has to say', async () => {
    const all = jobs()
    const { job, ended } = all.start(WHAT, async (_update, signal) => {
      while (!signal.aborted) await new Promise((resolve) => setImmediate(resolve))
      return '12 checked'
    })
    all.cancel(job.id)
    expect(await ended).toMatchObject({ state: 'cancelled', note: '12 checked' })
  })
})

describe('The list of jobs', () => {
  test('has the newest first, all that run, and the last twenty that have ended', async () => {
    const all = jobs()
    const stop = Promise.withResolvers<string>()
    const running = all.start({ ...WHAT, title: 'runs' }, () => stop.promise)
    for (let index = 0; index < 25; index += 1) await all.start({ ...WHAT, title: `job ${index}` }, async () => '').ended
    expect(all.list().map(({ title }) => title)).toEqual([
      ...Array.from({ length: 20 }, (_, index) => `job ${24 - index}`),
      'runs',
    ])
    stop.resolve('')
    await running.ended
  })

  test('is empty of running ones after the stop', async () => {
    const all = jobs()
    all.start(WHAT, (_update, signal) => delay(60_000, signal).then(() => ''))
    await all.stop()
    expect(all.list().map(({ state }) => state)).toEqual(['cancelled'])
  })
})
