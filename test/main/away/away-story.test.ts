import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { eventually, memorySecrets, startTestCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo } from '../../support/demo.ts'

const HOUR_MS = 3_600_000

test('a core that was away counts the builds, purges and changes of others that it reads afterwards', async () => {
  const stack = await startTestDemo(undefined, quickTimings)
  onTestFinished(() => stack.demo.close())
  const secrets = memorySecrets()
  const first = await startTestCore({ secrets })
  const { siteId } = await first.client.sites.add(stack.site)
  await eventually(
    () => first.client.pages.list({ siteId, filter: { text: '/menu-card/' }, limit: 500 }),
    ({ rows }) => rows.some(({ servedAs }) => servedAs === 'rendered'),
    60_000,
  )
  await first.close()
  const db = new BetterSqlite3(join(first.dataFolder, 'frostline.db'))
  db.prepare('UPDATE absences SET alive_at = alive_at - ?').run(9 * HOUR_MS)
  // What the demo built as it started lies within these hours, too.
  const known = db.prepare<[], { builds: number }>('SELECT count(*) AS builds FROM builds').get()?.builds ?? 0
  db.close()

  const other = await startTestCore()
  const { siteId: theirs } = await other.client.sites.add(stack.site)
  await other.client.builds.trigger({ siteId: theirs, title: 'Built by a colleague' })
  await eventually(
    () => other.client.builds.list({ siteId: theirs }),
    (all) => all.some(({ title, state }) => title === 'Built by a colleague' && state === 'succeeded'),
    40_000,
  )
  const plan = await other.client.plans.create({ siteId: theirs, selection: { kind: 'paths', text: '/about/\n/robots.txt' } })
  await other.client.plans.start({ planId: plan.id })
  const { purge } = await eventually(
    () => other.client.plans.get({ planId: plan.id }),
    ({ endedAtMs }) => endedAtMs !== null,
    40_000,
  )
  expect(purge.itemCount).toBeGreaterThan(0)
  await other.close()
  await stack.act('/api/ssr-expire', { path: '/menu-card/lemon' })

  const again = await startTestCore({ secrets, dataFolder: first.dataFolder })
  onTestFinished(() => again.close())
  const summary = await eventually(
    () => again.client.away.get({ siteId }),
    (away) => away !== null && away.builds > known && away.purgesElsewhere > 0 && away.changes > 0,
    60_000,
  )
  expect(summary).toMatchObject({ changes: 1, builds: known + 1, purgesElsewhere: purge.itemCount })
}, 180_000)
