import { spawn } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { listBackups, takeBackup } from '#main/platform/backups.ts'
import { checkDatabase, markClosed, markDamaged, markOpen } from '#main/platform/database-check.ts'
import { openDatabase } from '#main/platform/database.ts'
import { readRescue, rescueDatabase } from '#main/platform/rescue.ts'
import { DECIDED } from '#main/platform/salvage.ts'

const NOW = Date.UTC(2026, 10, 21, 11, 0, 0)
const DAY = 86_400_000
const folder = () => mkdtempSync(join(tmpdir(), 'frostline-rescue-'))
const at = (dataFolder: string, name = 'frostline.db') => join(dataFolder, name)

async function withDatabase(dataFolder: string, work: (raw: BetterSqlite3.Database) => void): Promise<void> {
  const db = await openDatabase(at(dataFolder))
  work(db.raw)
  db.close()
}
const charge = (raw: BetterSqlite3.Database, from: number, count: number): void => {
  const insert = raw.prepare(
    `INSERT INTO ledger (at, account, purge_id, kind, items, month) VALUES (?, 'a', ?, 'counted', 1, '2026-11')`,
  )
  raw.transaction(() => {
    for (let n = from; n < from + count; n += 1) insert.run(NOW + n, `purge-${n}-${'x'.repeat(50)}`)
  })()
}
async function ledgerRows(dataFolder: string): Promise<number> {
  const db = await openDatabase(at(dataFolder))
  const rows = db.raw.prepare<[], number>('SELECT count(*) FROM ledger').pluck().get() ?? 0
  expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  return rows
}

/** A backup with 1,000 charges, and a database with 1,000 more. */
async function world(): Promise<string> {
  const dataFolder = folder()
  await withDatabase(dataFolder, (raw) => charge(raw, 0, 1_000))
  takeBackup(dataFolder, NOW - DAY)
  await withDatabase(dataFolder, (raw) => charge(raw, 1_000, 1_000))
  return dataFolder
}

/** Overwrites a leaf of the ledger, as after a crash: only then every page is looked at. */
function spoilLedger(dataFolder: string, order: 'ASC LIMIT 1 OFFSET 10' | 'DESC LIMIT 1'): void {
  const file = at(dataFolder)
  const raw = new BetterSqlite3(file)
  const leaf = `SELECT pageno FROM dbstat WHERE name = 'ledger' AND pagetype = 'leaf' ORDER BY pageno ${order}`
  const page = raw.prepare<[], number>(leaf).pluck().get() ?? 0
  raw.close()
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, Buffer.alloc(4_096, 0xff), 0, 4_096, (page - 1) * 4_096)
  closeSync(descriptor)
  markOpen(dataFolder)
  writeFileSync(`${file}-wal`, '')
}

const DAMAGES: readonly (readonly [string, (file: string) => void])[] = [
  ['cut in half', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ['that is garbage', (file) => writeFileSync(file, Buffer.alloc(50_000, 'garbage '))],
  [
    'whose first page is overwritten',
    (file) => {
      const descriptor = openSync(file, 'r+')
      writeSync(descriptor, Buffer.alloc(4_000, 0xff), 0, 4_000, 100)
    },
  ],
]

describe('A database', () => {
  test.each(DAMAGES)('%s is moved aside, a backup takes its place, and this is said', async (_how, damage) => {
    const dataFolder = await world()
    damage(at(dataFolder))
    const rescue = await rescueDatabase(dataFolder, NOW)
    expect(rescue).toMatchObject({
      movedTo: at(dataFolder, 'frostline-broken-2026-11-21T110000Z.db'),
      backup: { atMs: NOW - DAY },
      done: true,
    })
    expect(rescue?.damage).not.toBeNull()
    expect(readRescue(dataFolder)).toEqual(rescue)
    expect(existsSync(rescue?.movedTo ?? '')).toBe(true)
    expect(await ledgerRows(dataFolder)).toBeGreaterThanOrEqual(1_000)
    expect(await rescueDatabase(dataFolder, NOW)).toBeNull()
  })

  test('with a damaged page gives back what lies before and behind it', async () => {
    const dataFolder = await world()
    spoilLedger(dataFolder, 'ASC LIMIT 1 OFFSET 10')
    const rescue = await rescueDatabase(dataFolder, NOW)
    const ledger = rescue?.salvaged.find(({ table }) => table === 'ledger')
    expect(ledger?.incomplete).toBe(true)
    expect(ledger?.read).toBeGreaterThan(1_500)
    expect(ledger?.added).toBeGreaterThan(500)
    expect(await ledgerRows(dataFolder)).toBe(1_000 + (ledger?.added ?? 0))
  })

  test('without any backup begins anew with what could be read of it', async () => {
    const dataFolder = folder()
    await withDatabase(dataFolder, (raw) => charge(raw, 0, 3_000))
    spoilLedger(dataFolder, 'DESC LIMIT 1')
    const rescue = await rescueDatabase(dataFolder, NOW)
    expect(rescue?.backup).toBeNull()
    const rows = await ledgerRows(dataFolder)
    expect(rows).toBeGreaterThan(2_800)
    expect(rescue?.salvaged.find(({ table }) => table === 'ledger')).toMatchObject({ added: rows, incomplete: true })
  })

  test('is not replaced by a damaged backup while an older one is sound', async () => {
    const dataFolder = await world()
    copyFileSync(listBackups(dataFolder)[0]?.file ?? '', at(dataFolder, 'backups/frostline-2026-11-21T100000Z.db'))
    truncateSync(at(dataFolder, 'backups/frostline-2026-11-21T100000Z.db'), 9_000)
    writeFileSync(at(dataFolder), 'garbage')
    expect(await rescueDatabase(dataFolder, NOW)).toMatchObject({ backup: { atMs: NOW - DAY } })
  })

  test('keeps a link revoked that was revoked after the backup', async () => {
    const dataFolder = folder()
    const add = `INSERT INTO people (id, name, role, digest, invited_at, invited_by) VALUES ('p1', 'Sam', 'support', 'd', 1, 'Ada')`
    await withDatabase(dataFolder, (raw) => raw.prepare(add).run())
    takeBackup(dataFolder, NOW - DAY)
    await withDatabase(dataFolder, (raw) => {
      raw.prepare('UPDATE people SET revoked_at = 5').run()
      charge(raw, 0, 500)
    })
    spoilLedger(dataFolder, 'DESC LIMIT 1')
    await rescueDatabase(dataFolder, NOW)
    await withDatabase(dataFolder, (sound) => {
      expect(sound.prepare('SELECT revoked_at FROM people').pluck().all()).toEqual([5])
    })
  })

  test('is rescued with its visit address and with the instant until which the program ran', async () => {
    const dataFolder = folder()
    await withDatabase(dataFolder, (raw) => {
      raw.prepare(`INSERT INTO sites (id, name, settings_json, created_at) VALUES ('s', 'Example', '{}', 0)`).run()
      raw.prepare('INSERT INTO absences (id, alive_at) VALUES (1, ?)').run(NOW - DAY)
    })
    takeBackup(dataFolder, NOW - DAY)
    await withDatabase(dataFolder, (raw) => {
      raw.prepare(`INSERT INTO visit_checks VALUES ('s', 'key', 1, 5)`).run()
      raw.prepare('UPDATE absences SET alive_at = ?').run(NOW - 5)
      charge(raw, 0, 500)
    })
    spoilLedger(dataFolder, 'DESC LIMIT 1')
    await rescueDatabase(dataFolder, NOW)
    await withDatabase(dataFolder, (sound) => {
      expect(sound.prepare('SELECT key, enabled FROM visit_checks').all()).toEqual([{ key: 'key', enabled: 1 }])
      expect(sound.prepare('SELECT alive_at FROM absences').pluck().all()).toEqual([NOW - 5])
    })
  })

  test('that cannot be read at all leaves no absence since the backup', async () => {
    const dataFolder = folder()
    await withDatabase(dataFolder, (raw) => raw.prepare('INSERT INTO absences (id, alive_at) VALUES (1, ?)').run(NOW - DAY))
    takeBackup(dataFolder, NOW - DAY)
    writeFileSync(at(dataFolder), 'garbage')
    await rescueDatabase(dataFolder, NOW)
    await withDatabase(dataFolder, (sound) => expect(sound.prepare('SELECT * FROM absences').all()).toEqual([]))
  })

  test('has no table of which it is not decided whether a rescue brings it over', async () => {
    const dataFolder = folder()
    await withDatabase(dataFolder, (raw) => {
      const tables = raw.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      expect([...DECIDED].toSorted()).toEqual(tables.pluck().all().toSorted())
    })
  })

  test('is rescued to the end when the first try was cut off', async () => {
    const dataFolder = await world()
    writeFileSync(at(dataFolder), 'garbage')
    const movedTo = at(dataFolder, 'frostline-broken-2026-11-21T110000Z.db')
    writeFileSync(
      at(dataFolder, 'rescue.json'),
      JSON.stringify({ atMs: NOW, damage: 'x', movedTo, backup: null, salvaged: [], done: false }),
    )
    expect(await rescueDatabase(dataFolder, NOW + DAY)).toMatchObject({ movedTo, done: true, backup: { atMs: NOW - DAY } })
    expect(await ledgerRows(dataFolder)).toBe(1_000)
  })

  test('that lost its write-ahead log in a crash stays in use, and it is said that something may be missing', async () => {
    const dataFolder = await world()
    await withDatabase(dataFolder, (raw) => raw.prepare('INSERT INTO absences (id, alive_at) VALUES (1, 1)').run())
    markOpen(dataFolder)
    expect(await rescueDatabase(dataFolder, NOW)).toMatchObject({ damage: null, movedTo: null, done: true })
    await withDatabase(dataFolder, (raw) => expect(raw.prepare('SELECT * FROM absences').all()).toEqual([]))
    markClosed(dataFolder)
    expect(checkDatabase(dataFolder)).toEqual({ damage: null, walMissing: false })
  })

  test('that failed while it was used is looked at wholly by the next start, however the program ended', async () => {
    const dataFolder = await world()
    markOpen(dataFolder)
    markDamaged(dataFolder)
    expect(await rescueDatabase(dataFolder, NOW)).toBeNull()
    spoilLedger(dataFolder, 'DESC LIMIT 1')
    rmSync(`${at(dataFolder)}-wal`)
    markDamaged(dataFolder)
    expect(await rescueDatabase(dataFolder, NOW)).toMatchObject({ damage: expect.any(String), done: true })
  })

  test('of a program that was killed is found sound, with all that was written', async () => {
    const dataFolder = folder()
    const program = fileURLToPath(new URL('../../support/write-until-killed.ts', import.meta.url))
    const child = spawn(process.execPath, [program, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const written = await new Promise<number>((resolve) => {
      child.stdout.on('data', (text: Buffer) => resolve(Number(text.toString())))
    })
    child.kill('SIGKILL')
    await new Promise((resolve) => {
      child.once('exit', resolve)
    })
    expect(await rescueDatabase(dataFolder, NOW)).toBeNull()
    expect(await ledgerRows(dataFolder)).toBeGreaterThanOrEqual(written)
  })
})

describe('Backups', () => {
  test('are seven of a kind at most, and the newest stay', async () => {
    const dataFolder = folder()
    await withDatabase(dataFolder, (raw) => charge(raw, 0, 10))
    for (let day = 0; day < 10; day += 1) takeBackup(dataFolder, NOW + day * DAY)
    for (let step = 1; step < 10; step += 1) {
      writeFileSync(at(dataFolder, `frostline.before-${step}.backup`), '')
      utimesSync(at(dataFolder, `frostline.before-${step}.backup`), step, step)
    }
    takeBackup(dataFolder, NOW + 10 * DAY)
    const kept = listBackups(dataFolder)
    expect(kept.filter(({ why }) => why === 'daily').map(({ atMs }) => (atMs - NOW) / DAY)).toEqual([10, 9, 8, 7, 6, 5, 4])
    expect(kept.filter(({ why }) => why === 'before-update')).toHaveLength(7)
    expect(readdirSync(at(dataFolder, 'backups')).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('are taken while somebody writes, as of one moment', async () => {
    const dataFolder = folder()
    const db = await openDatabase(at(dataFolder))
    charge(db.raw, 0, 100)
    db.raw.exec('BEGIN IMMEDIATE')
    charge(db.raw, 100, 100)
    const file = takeBackup(dataFolder, NOW)
    db.raw.exec('COMMIT')
    db.close()
    const copy = new BetterSqlite3(file ?? '', { readonly: true })
    expect(copy.prepare('SELECT count(*) FROM ledger').pluck().get()).toBe(100)
    copy.close()
  })
})
