import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { daysOf } from '#main/budget/days.ts'
import { openDatabase } from '#main/platform/database.ts'
import { MIGRATIONS } from '#main/platform/migrations.ts'

const at = (day: number, hour = 12) => Date.UTC(2026, 1, day, hour)
const SETTINGS = { allowance: 5, priceMicroDollars: 1_000, softLimit: null }

describe('The days of a month', () => {
  test('are all there, leap years too', () => {
    expect(daysOf('2026-02', [], SETTINGS)).toHaveLength(28)
    expect(daysOf('2028-02', [], SETTINGS)).toHaveLength(29)
    expect(daysOf('2026-12', [], SETTINGS).at(-1)).toEqual({
      day: 31,
      free: 0,
      charged: 0,
      microDollars: 0,
      elsewhere: 0,
      outside: 0,
    })
  })

  test('have the month’s first items free, and charge the rest where they were sent', () => {
    const days = daysOf(
      '2026-02',
      [
        { items: 3, createdAtMs: at(2), source: 'here' },
        { items: 4, createdAtMs: at(2, 23), source: 'outside' },
        { items: 2, createdAtMs: at(28), source: 'elsewhere' },
      ],
      SETTINGS,
    )
    expect(days.filter((day) => day.free + day.charged > 0)).toEqual([
      { day: 2, free: 5, charged: 2, microDollars: 2_000, elsewhere: 0, outside: 4 },
      { day: 28, free: 0, charged: 2, microDollars: 2_000, elsewhere: 2, outside: 0 },
    ])
  })
})

test('A database of the first version keeps its log and learns who purged from the plans', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'frostline-older-')), 'frostline.db')
  const old = await openDatabase(file, { migrate: true, migrations: MIGRATIONS.slice(0, 1) })
  old.raw.exec(`
    INSERT INTO sites (id, name, settings_json, created_at) VALUES ('s', 'Example', '{}', 0);
    INSERT INTO plans VALUES ('p', 's', 'done', 0, '{}', '{"by":"Ada"}');
    INSERT INTO purges (id, site_id, plan_id, account, reference, items_json, item_count, state, intent_at)
      VALUES ('p-1', 's', 'p', 'aws', 'r', '[]', 0, 'completed', 0), ('q-1', 'gone', 'q', 'aws', 'r2', '[]', 0, 'completed', 0);
    INSERT INTO log (at, site_id, by, text) VALUES (1, 's', 'Ada', 'Purge: done');`)
  old.close()
  const db = await openDatabase(file)
  expect(db.raw.prepare('SELECT id, by FROM purges ORDER BY id').all()).toEqual([
    { id: 'p-1', by: 'Ada' },
    { id: 'q-1', by: '' },
  ])
  expect(db.raw.prepare('SELECT text, kind, result FROM log').all()).toEqual([
    { text: 'Purge: done', kind: 'other', result: null },
  ])
  db.close()
})
