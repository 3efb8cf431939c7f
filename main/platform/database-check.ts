import { closeSync, existsSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

/** What is wrong with a database; null when it can be used. */
export type Damage = string | null

/** While the database is open, this file is there: after a crash the next start looks closer. */
const openMark = (dataFolder: string): string => join(dataFolder, 'frostline.db.open')

const HEADER = Buffer.from('SQLite format 3\0')

/**
 * Looks at the database before it is opened for use. After a clean end a look at its header and its list of tables is
 * enough; after a crash, or when it failed while it was used, every page is checked.
 */
export function checkDatabase(dataFolder: string): { readonly damage: Damage; readonly walMissing: boolean } {
  const file = join(dataFolder, 'frostline.db')
  const endedBadly = existsSync(openMark(dataFolder))
  const suspected = endedBadly && statSync(openMark(dataFolder)).size > 0
  // While the mark is there, SQLite has not put its write-ahead log into the file and taken it away.
  const walMissing = endedBadly && !suspected && existsSync(file) && !existsSync(`${file}-wal`)
  if (!existsSync(file)) return { damage: null, walMissing: false }
  return { damage: headerDamage(file) ?? contentDamage(file, endedBadly), walMissing }
}

export function markOpen(dataFolder: string): void {
  writeFileSync(openMark(dataFolder), '', { mode: 0o600 })
}

/** It failed while it was used: every page is looked at by the next start, however this one ends. */
export function markDamaged(dataFolder: string): void {
  writeFileSync(openMark(dataFolder), 'damaged', { mode: 0o600 })
}

/** Everything is in the file now. */
export function markClosed(dataFolder: string): void {
  rmSync(openMark(dataFolder), { force: true })
}

/** Every page of a database, and the references between its rows. Reads the whole file. */
export function contentDamage(file: string, wholly: boolean): Damage {
  let raw: BetterSqlite3.Database | undefined
  try {
    raw = new BetterSqlite3(file, { timeout: 10_000 })
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
    if (!wholly) return null
    const result = String(raw.pragma('quick_check(1)', { simple: true }))
    return result === 'ok' ? null : result
  } catch (error) {
    if (isDamage(error)) return error.message
    throw error
  } finally {
    raw?.close()
  }
}

/** Whether SQLite says that a file is damaged, rather than locked, forbidden or on a full disk. */
export function isDamage(error: unknown): error is Error {
  return error instanceof BetterSqlite3.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
}

/** A file that is cut off is told by its own header, without reading it. An empty one is as good as none. */
function headerDamage(file: string): Damage {
  const { size } = statSync(file)
  if (size === 0) return null
  const header = Buffer.alloc(100)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, header, 0, 100, 0)
  } finally {
    closeSync(descriptor)
  }
  if (!header.subarray(0, 16).equals(HEADER)) return 'it does not begin as a database does'
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  const pages = header.readUInt32BE(28)
  // Pages that are only in the write-ahead log may be missing from the file.
  const inLog = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0
  if (!inLog && size < pages * pageBytes) return `it is cut off: ${size} of ${pages * pageBytes} bytes are there`
  return null
}
