import { afterEach, beforeEach, expect, test } from 'vitest'
import { ContentStore } from '../../demo/content/content-store.ts'
import { seedContent } from '../../demo/content/seed-content.ts'
import { DemoClock } from '../../demo/platform/clock.ts'
import { openDatabase, type DemoDatabase } from '../../demo/platform/database.ts'
import { StateStore } from '../../demo/platform/state.ts'
import { zonesAt } from '../../demo/platform/zones.ts'
import { assembleSsr, type SsrArea } from '../../demo/ssr/assemble-ssr.ts'
import { SsrEntryStore } from '../../demo/ssr/entry-store.ts'
import { Refresher } from '../../demo/ssr/refresher.ts'
import { VisitCheck } from '../../demo/ssr/visit-check.ts'
import { MarkNotes } from '../../demo/ssr/mark-notes.ts'
import { quickTimings } from './demo-fixture.ts'

let database: DemoDatabase
let clock: DemoClock
let area: SsrArea

beforeEach(() => {
  database = openDatabase(':memory:')
  seedContent(database)
  clock = new DemoClock({ realBaseMs: 0, demoBaseMs: Date.UTC(2026, 10, 21), factor: 0 }, () => undefined)
  area = assembleSsr({
    database,
    state: new StateStore(database),
    clock,
    content: new ContentStore(database, zonesAt(4180)),
    timings: { ...quickTimings, deployMs: 0 },
    port: 4186,
    secret: 's',
    host: 'lollies.localhost:4180',
    purger: { endpoint: '', distributionId: '', credentials: { accessKeyId: '', secretAccessKey: '' } },
  })
})
afterEach(async () => {
  await area.close()
  database.close()
})

const card = '/menu-card/apple'
const entryOf = (path: string): ReturnType<SsrEntryStore['find']> => new SsrEntryStore(database).find(path)

test('a mark during a refresh outlives it, also when there was no entry yet', async () => {
  const first = area.refresher.join(card)
  expect(area.cache.mark({ paths: [], tags: [{ class: 'pb-card' }] }).marked).toEqual([])
  await first
  expect(entryOf(card)?.markedOn).toBe(clock.nowIso())
  await area.refresher.anew(card)
  expect(entryOf(card)?.markedOn).toBeNull()
  const again = area.refresher.join(card)
  area.cache.mark({ paths: [card], tags: [] })
  await again
  expect(entryOf(card)).toMatchObject({ markedOn: clock.nowIso(), expiresOn: clock.nowIso() })
})

test('a refresh anew does not join one that runs, but those who ask together share it', async () => {
  const running = area.refresher.join(card)
  const [left, right] = await Promise.all([area.refresher.anew(card), area.refresher.anew(card)])
  expect(left).toBe(right)
  expect(left).not.toBe(await running)
  expect(area.refresher.renders).toBe(2)
})

test('a refused purge and a failed refresh stay due for the next visit', async () => {
  const store = new SsrEntryStore(database)
  let refuse = true
  const references: string[] = []
  const settings = { ...area.settings }
  const refresher = new Refresher({ clock, store, notes: new MarkNotes(), settings, render: () => '<p>page</p>' })
  const check = new VisitCheck({
    clock,
    state: new StateStore(database),
    store,
    refresher,
    settings,
    purge: (_path, reference) => {
      references.push(reference)
      return refuse ? Promise.reject(new Error('Throttling')) : Promise.resolve()
    },
  })
  const visit = async (): Promise<void> => {
    check.receive({ path: card, refreshedOn: '2026-11-20T00:00:00.000Z' })
    await check.idle()
  }
  await refresher.join(card)
  area.cache.mark({ paths: [card], tags: [] })
  settings.failing = true
  await visit()
  expect(references).toEqual([])
  settings.failing = false
  await visit()
  refuse = false
  await visit()
  await visit()
  // The same reference both times: what the API accepted after all is not counted twice.
  expect(references).toEqual([`visit-check ${card} 1`, `visit-check ${card} 1`])
  expect(check.counts).toEqual({ received: 4, purged: 1, putOff: 0 })
})
