import { afterEach, expect, test } from 'vitest'
import { createNotices } from '#main/notices/service.ts'
import { createChanges } from '#main/platform/changes.ts'
import { silentLog } from '#main/platform/log.ts'
import type { Budget } from '#shared/budget.ts'
import type { Notice } from '#shared/notices.ts'
import { eventually } from '../../support/core-client.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

const stop: (() => void)[] = []
afterEach(() => stop.splice(0).forEach((end) => end()))

async function world(used = { items: 0 }) {
  const { db } = await storedSite()
  const changes = createChanges()
  const stopping = new AbortController()
  const start = () => {
    const told: Notice[] = []
    const notices = createNotices({
      db,
      changes,
      clock: Date.now,
      log: silentLog,
      stopped: stopping.signal,
      budgetOf: async () => ({ account: 'aws', budget: budgetWith(used.items) }),
    })
    notices.begin()
    void (async () => {
      for await (const notice of notices.listen(stopping.signal)) told.push(notice)
    })()
    return { notices, told }
  }
  stop.push(() => {
    stopping.abort()
    db.close()
  })
  const build = (id: string, state: string, endedAtMs: number | null = null) =>
    db.raw
      .prepare('INSERT OR REPLACE INTO builds (id, site_id, state, queued_at, remote_json) VALUES (?, ?, ?, ?, ?)')
      .run(id, SITE, state, Date.now(), JSON.stringify({ endedAtMs }))
  return { db, changes, start, build }
}

function budgetWith(used: number): Budget {
  const money = { priceMicroDollars: 5_000, softLimit: null, hardStop: null, incidentReserve: 0, refillMicroDollars: 600 }
  const month = { month: '2026-11', used, reserved: 0, reconciled: true, overrunChance: null, site: null }
  return { unit: 'item', vendor: 'CloudFront', charges: true, allowance: 1_000, scope: 'the account', ...money, ...month }
}

test('A build that ends is told once; one that had ended before anybody looked is not', async () => {
  const { changes, start, build } = await world()
  build('old', 'succeeded', Date.now() - 60_000)
  build('running', 'running')
  const { told } = start()
  build('running', 'succeeded', Date.now())
  build('learnt later', 'failed', Date.now() - 60_000)
  changes.tell('builds')
  await eventually(
    async () => told.length,
    (count) => count === 1,
  )
  build('quick', 'failed', Date.now() + 1)
  changes.tell('builds')
  await eventually(
    async () => told.length,
    (count) => count === 2,
  )
  expect(told.map(({ kind }) => kind)).toEqual(['build-done', 'build-failed'])
})

test('A part of the budget is told once a month, also over a restart', async () => {
  const used = { items: 0 }
  const { changes, start } = await world(used)
  const { told } = start()
  used.items = 810
  changes.tell('budget')
  await eventually(
    async () => told.length,
    (count) => count === 1,
  )
  const again = start()
  used.items = 820
  changes.tell('budget', 'builds')
  used.items = 1_010
  changes.tell('budget')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect([told.map(({ kind }) => kind), again.told]).toEqual([['budget-part'], []])
})

test('What is not wanted is not told, and that is kept', async () => {
  const { changes, start, build } = await world()
  const { notices, told } = start()
  notices.save({ ...notices.settings(), 'build-done': false })
  build('one', 'running')
  build('two', 'running')
  changes.tell('builds')
  await new Promise((resolve) => setTimeout(resolve, 300))
  build('one', 'succeeded', Date.now())
  build('two', 'failed', Date.now())
  changes.tell('builds')
  await eventually(
    async () => told.length,
    (count) => count === 1,
  )
  expect(told[0]?.kind).toBe('build-failed')
  expect(start().notices.settings()).toMatchObject({ 'build-done': false, 'build-failed': true })
})
