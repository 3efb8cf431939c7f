import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import * as z from 'zod'
import { isDamage } from './failure-code.ts'

/** What is wrong with a database; null when it can be used. */
export type Damage = string | null

/**
 * How closely a database is looked at: that its tables are listed, that every page of it is sound, or also that the indexes
 * hold what the tables hold.
 */
export type Look = 'tables' | 'pages' | 'indexes'

const databaseFile = (dataFolder: string): string => join(dataFolder, 'frostline.db')
/** While the database is open, this file is there: after a crash the next start looks closer. */
const openMark = (dataFolder: string): string => join(dataFolder, 'frostline.db.open')
/** How the file was left at the last clean end. */
const closedNote = (dataFolder: string): string => join(dataFolder, 'frostline.db.closed')

const Left = z.object({ bytes: z.number(), changedMs: z.number() })
/** What SQLite writes above the first thing that it finds. */
const HEADING = /^\*{3} in database main \*{3}\s*/
const HEADER = Buffer.from('SQLite format 3\0')

/**
 * Looks at the database before it is opened for use. After a clean end a look at its header and its list of tables is
 * enough, as long as the file is as it was left; after a crash, when something else has written to it since, or when it
 * failed while it was used, every page is checked.
 */
export function checkDatabase(dataFolder: string): { readonly damage: Damage; readonly walMissing: boolean } {
  const file = databaseFile(dataFolder)
  const endedBadly = existsSync(openMark(dataFolder))
  const suspected = endedBadly && statSync(openMark(dataFolder)).size > 0
  // While the mark is there, SQLite has not put its write-ahead log into the file and taken it away.
  const walMissing = endedBadly && !suspected && existsSync(file) && !existsSync(`${file}-wal`)
  if (!existsSync(file)) return { damage: null, walMissing: false }
  const look = suspected ? 'indexes' : endedBadly || !isAsLeft(dataFolder) ? 'pages' : 'tables'
  return { damage: headerDamage(file) ?? contentDamage(file, look), walMissing }
}

export function markOpen(dataFolder: string): void {
  writeFileSync(openMark(dataFolder), '', { mode: 0o600 })
}

/** It failed while it was used: all of it is looked at by the next start, however this one ends. */
export function markDamaged(dataFolder: string): void {
  writeFileSync(openMark(dataFolder), 'damaged', { mode: 0o600 })
}

/** Everything is in the file now, and no connection is open: whatever changes it from here on is not ours. */
export function markClosed(dataFolder: string): void {
  writeFileSync(closedNote(dataFolder), JSON.stringify(stateOf(dataFolder)), { mode: 0o600 })
  rmSync(openMark(dataFolder), { force: true })
}

function stateOf(dataFolder: string): z.infer<typeof Left> {
  const { size, mtimeMs } = statSync(databaseFile(dataFolder))
  return { bytes: size, changedMs: Math.trunc(mtimeMs) }
}

/** Whether the file is as the last clean end left it. Without a note of that, nothing speaks against it. */
function isAsLeft(dataFolder: string): boolean {
  const note = closedNote(dataFolder)
  if (!existsSync(note)) return true
  try {
    const left = Left.parse(JSON.parse(readFileSync(note, 'utf8')))
    const now = stateOf(dataFolder)
    return left.bytes === now.bytes && left.changedMs === now.changedMs
  } catch {
    return false
  }
}

/** What a look at a database finds. All but the list of tables reads the whole file. */
export function contentDamage(file: string, look: Look): Damage {
  let raw: BetterSqlite3.Database | undefined
  try {
    raw = new BetterSqlite3(file, { timeout: 10_000 })
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
    if (look === 'tables') return null
    const result = String(raw.pragma(look === 'pages' ? 'quick_check(1)' : 'integrity_check(1)', { simple: true }))
    return result === 'ok' ? null : result.replace(HEADING, '')
  } catch (error) {
    if (error instanceof Error && isDamage(error)) return error.message
    throw error
  } finally {
    raw?.close()
  }
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
