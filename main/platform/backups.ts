import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { contentDamage } from './database-check.ts'

/** A copy of the database as it was at one time. */
export interface Backup {
  readonly file: string
  readonly atMs: number
  readonly bytes: number
  /** `before-update`: taken before the database was brought up to date. */
  readonly why: 'daily' | 'by-hand' | 'before-update'
}

const DAILY_KEPT = 7
const BEFORE_UPDATE_KEPT = 7
const DAILY = /^frostline-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z(-by-hand)?\.db$/
const BEFORE_UPDATE = /^frostline\.before-\d+\.backup$/

/** `2026-11-21T110500Z`: sorts by time, and may be a file's name everywhere. */
export const fileTime = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '')}Z`

/** The newest first. */
export function listBackups(dataFolder: string): Backup[] {
  return [...inFolder(join(dataFolder, 'backups'), DAILY, 'daily'), ...inFolder(dataFolder, BEFORE_UPDATE, 'before-update')].sort(
    (a, b) => b.atMs - a.atMs,
  )
}

function inFolder(folder: string, pattern: RegExp, why: Backup['why']): Backup[] {
  return namesIn(folder).flatMap((name) => {
    const found = pattern.exec(name)
    const file = join(folder, name)
    const facts = found && statSync(file, { throwIfNoEntry: false })
    if (!facts) return []
    const [, day, hours, minutes, seconds, byHand] = found
    const atMs = day === undefined ? facts.mtimeMs : Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`)
    return [{ file, atMs, bytes: facts.size, why: byHand === undefined ? why : 'by-hand' }]
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Throws for a damaged database what SQLite would throw as soon as it came upon the damaged place. */
function refuseDamaged(file: string): void {
  const damage = contentDamage(file, 'pages')
  if (damage !== null) throw new BetterSqlite3.SqliteError(damage, 'SQLITE_CORRUPT')
}

/**
 * Copies the database as it is at this moment, while others write to it, and keeps the newest seven. Blocks the thread that
 * calls it for as long as the copy takes.
 *
 * @returns null where the disk has no room for it.
 * @throws SqliteError for a database that is damaged.
 */
export function takeBackup(dataFolder: string, nowMs: number, byHand = false): string | null {
  const folder = join(dataFolder, 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const source = join(dataFolder, 'frostline.db')
  const { bavail, bsize } = statfsSync(folder)
  // A full disk would stop what the copy is for.
  if (bavail * bsize < statSync(source).size * 2) return null
  const target = join(folder, `frostline-${fileTime(nowMs)}${byHand ? '-by-hand' : ''}.db`)
  const draft = `${target}.tmp`
  rmSync(draft, { force: true })
  // Whatever could be copied of a damaged one would push a sound copy out.
  refuseDamaged(source)
  const raw = new BetterSqlite3(source, { readonly: true, timeout: 10_000 })
  try {
    raw.prepare('VACUUM INTO ?').run(draft)
  } finally {
    raw.close()
  }
  renameSync(draft, target)
  removeOld(dataFolder)
  return target
}

/** Seven that were taken while Frostline ran stay, and seven from before updates. */
export function removeOld(dataFolder: string): void {
  const all = listBackups(dataFolder)
  const old = [
    ...all.filter(({ why }) => why !== 'before-update').slice(DAILY_KEPT),
    ...all.filter(({ why }) => why === 'before-update').slice(BEFORE_UPDATE_KEPT),
  ]
  for (const { file } of old) rmSync(file, { force: true })
}
