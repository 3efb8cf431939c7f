import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { NewerDatabaseError, openDatabase } from '#main/platform/database.ts'
import type { Migration } from '#main/platform/migrations-early.ts'
import { MIGRATIONS } from '#main/platform/migrations.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'frostline-db-'))
const STEPS: readonly Migration[] = [
  { name: 'one', sql: 'CREATE TABLE notes (text TEXT)' },
  { name: 'two', sql: `ALTER TABLE notes ADD COLUMN at INTEGER; UPDATE notes SET text = text || ' (two)'` },
  { name: 'three', sql: `UPDATE notes SET text = text || ' (three)'` },
]
async function openWith(
  file: string,
  steps: readonly Migration[],
  work: (raw: BetterSqlite3.Database) => void = () => {},
): Promise<void> {
  const db = await openDatabase(file, { migrate: true, migrations: steps })
  work(db.raw)
  db.close()
}
const textIn = (file: string) => {
  const raw = new BetterSqlite3(file, { readonly: true })
  const found = raw
    .prepare<[], { text: string }>('SELECT text FROM notes')
    .all()
    .map(({ text }) => text)
  const version = raw.pragma('user_version', { simple: true })
  raw.close()
  return { found, version }
}

describe('A database', () => {
  test('of the first start has every table and needs no backup', async () => {
    const at = folder()
    const db = await openDatabase(join(at, 'deeper', 'frostline.db'))
    expect(db.raw.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(db.raw.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.raw.pragma('synchronous', { simple: true })).toBe(2)
    db.close()
    expect(readdirSync(join(at, 'deeper')).filter((name) => name.endsWith('.backup'))).toEqual([])
  })

  test('is copied before each step, as it was then', async () => {
    const at = folder()
    const file = join(at, 'frostline.db')
    await openWith(file, STEPS.slice(0, 1), (raw) => raw.prepare(`INSERT INTO notes VALUES ('kept')`).run())
    await openWith(file, STEPS)
    expect(textIn(file)).toEqual({ found: ['kept (two) (three)'], version: 3 })
    expect(textIn(join(at, 'frostline.before-2.backup'))).toEqual({ found: ['kept'], version: 1 })
    expect(textIn(join(at, 'frostline.before-3.backup'))).toEqual({ found: ['kept (two)'], version: 2 })
  })

  test('that is up to date is left as it is', async () => {
    const at = folder()
    const file = join(at, 'frostline.db')
    await openWith(file, STEPS, (raw) => raw.prepare(`INSERT INTO notes VALUES ('kept', 1)`).run())
    for (const name of readdirSync(at)) if (name.endsWith('.backup')) expect(existsSync(join(at, name))).toBe(true)
    await openWith(file, STEPS)
    expect(textIn(file)).toEqual({ found: ['kept'], version: 3 })
  })

  test('whose step fails is as before that step', async () => {
    const file = join(folder(), 'frostline.db')
    await openWith(file, STEPS.slice(0, 1), (raw) => raw.prepare(`INSERT INTO notes VALUES ('kept')`).run())
    const broken: Migration = { name: 'broken', sql: `UPDATE notes SET text = 'lost'; INSERT INTO nowhere VALUES (1)` }
    await expect(openWith(file, [STEPS[0] ?? broken, broken])).rejects.toThrow('no such table')
    expect(textIn(file)).toEqual({ found: ['kept'], version: 1 })
    await openWith(file, STEPS)
    expect(textIn(file)).toEqual({ found: ['kept (two) (three)'], version: 3 })
  })

  test('of a newer program is refused with what to do, and left alone', async () => {
    const file = join(folder(), 'frostline.db')
    await openWith(file, STEPS, (raw) => raw.prepare(`INSERT INTO notes VALUES ('kept', 1)`).run())
    const older = openWith(file, STEPS.slice(0, 2))
    await expect(older).rejects.toBeInstanceOf(NewerDatabaseError)
    await expect(older).rejects.toThrow(
      /written by a newer Frostline \(schema 3, this one knows 2\)\. Start the newer one, or choose another data folder with --data\./,
    )
    expect(textIn(file)).toEqual({ found: ['kept'], version: 3 })
  })

  test('writes all of a transaction or nothing', async () => {
    const db = await openDatabase(join(folder(), 'frostline.db'), { migrate: true, migrations: STEPS })
    expect(() =>
      db.transact(() => {
        db.raw.prepare(`INSERT INTO notes VALUES ('half', 1)`).run()
        throw new Error('half way')
      }),
    ).toThrow('half way')
    expect(db.raw.prepare('SELECT * FROM notes').all()).toEqual([])
    expect(db.transact(() => db.raw.prepare(`INSERT INTO notes VALUES ('whole', 1)`).run().changes)).toBe(1)
    db.close()
  })
})
