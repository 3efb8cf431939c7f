import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AWAY_FROM_MINUTES } from '#shared/away.ts'
import { startTestCore } from '../../support/core-client.ts'
import { storedSite, SITE } from '../../support/stored-site.ts'
import { createAbsences } from '#main/away/absences.ts'

const HOUR_MS = 3_600_000

test('an absence is told once, with what happened meanwhile, until it is dismissed', async () => {
  const site = await storedSite()
  let nowMs = 100 * HOUR_MS
  const { raw } = site.db
  const absences = createAbsences(
    raw,
    () => nowMs,
    () => {},
  )
  absences.look()
  expect(absences.summary(SITE)).toBeNull()
  nowMs += 20 * 60_000
  absences.look()
  expect(absences.summary(SITE)).toBeNull()
  const fromMs = nowMs
  nowMs += 9 * HOUR_MS
  raw.exec(`INSERT INTO hook_sources VALUES ('s', '${SITE}', 'github', 'GitHub', 'h', '{}', 1, 0, 'Ada');
    INSERT INTO builds (id, site_id, remote_id, state, queued_at, remote_json) VALUES
      ('b1', '${SITE}', 'r1', 'succeeded', ${fromMs + HOUR_MS}, '{}'), ('b0', '${SITE}', 'r0', 'succeeded', ${fromMs - 1}, '{}');
    INSERT INTO account_purges VALUES ('p', 'aws', 'E', 'I', ${fromMs + HOUR_MS}, 1, 0, 'outside', NULL, 'x', '[]', 31)`)
  const event = raw.prepare(
    `INSERT INTO hook_events (source_id, received_at, state, headers_json, body) VALUES ('s', ?, ?, '[]', x'')`,
  )
  event.run(nowMs + 60_000, 'done')
  event.run(nowMs + 60_000, 'refused')
  event.run(nowMs + HOUR_MS, 'done')
  const found = raw.prepare(
    `INSERT INTO hook_events (source_id, received_at, changed_at, same_as, state, headers_json, body)
     VALUES ('s', ?, ?, ?, 'done', '[]', x'')`,
  )
  // Found late, as when the vendor was away; of what was delivered, too; and of what changed before.
  found.run(nowMs + HOUR_MS, fromMs + HOUR_MS, null)
  found.run(nowMs + 60_000, fromMs + HOUR_MS, 1)
  found.run(nowMs + 60_000, fromMs - HOUR_MS, null)
  absences.look()
  const summary = { fromMs, toMs: nowMs, changes: 2, builds: 1, purgesElsewhere: 31 }
  expect(absences.summary(SITE)).toEqual(summary)
  nowMs += 60_000
  absences.look()
  expect(absences.summary(SITE)).toEqual(summary)
  expect(absences.dismiss(1)).toBe(false)
  expect(absences.dismiss(summary.toMs)).toBe(true)
  expect(absences.summary(SITE)).toBeNull()
})

test('a pause is an absence from the minutes on that the page for operators names', async () => {
  const site = await storedSite()
  let nowMs = 100 * HOUR_MS
  const absences = createAbsences(
    site.db.raw,
    () => nowMs,
    () => {},
  )
  absences.look()
  nowMs += AWAY_FROM_MINUTES * 60_000 - 1
  absences.look()
  expect(absences.summary(SITE)).toBeNull()
  nowMs += AWAY_FROM_MINUTES * 60_000
  absences.look()
  expect(absences.summary(SITE)).toMatchObject({ toMs: nowMs })
  const page = readFileSync(new URL('../../../docs/operator.md', import.meta.url), 'utf8')
  expect(page).toContain(`after at least ${AWAY_FROM_MINUTES} minutes`)
})

test('a core that starts after hours says so', async () => {
  const first = await startTestCore()
  const site = { name: 'Example', zones: [{ url: 'http://www.example.com' }], edge: { kind: 'any-cache' as const } }
  const { siteId } = await first.client.sites.add({ ...site, watchSeconds: 86_400 })
  expect(await first.client.away.get({ siteId })).toBeNull()
  await first.close()
  const db = new BetterSqlite3(join(first.dataFolder, 'frostline.db'))
  db.prepare('UPDATE absences SET alive_at = alive_at - ?').run(9 * HOUR_MS)
  db.close()
  const again = await startTestCore({ dataFolder: first.dataFolder })
  expect(await again.client.away.get({ siteId })).toMatchObject({ changes: 0, builds: 0, purgesElsewhere: 0 })
  await again.close()
})
