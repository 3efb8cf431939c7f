import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import * as z from 'zod'
import { fileTime, listBackups } from './backups.ts'
import { checkDatabase, contentDamage } from './database-check.ts'
import { openDatabase } from './database.ts'
import { MIGRATIONS } from './migrations.ts'
import { writePrivateFile } from './private-file.ts'
import { salvage } from './salvage.ts'
import { takeBack } from './take-back.ts'

const Salvaged = z.object({ table: z.string(), read: z.number(), added: z.number(), incomplete: z.boolean() })

/** What was done about a damaged database. It stays until somebody has read it. */
export const Rescue = z.object({
  atMs: z.number(),
  /** What SQLite said; null: only the write-ahead log was gone. */
  damage: z.string().nullable(),
  /** Where the damaged file lies; null where it was left in use. */
  movedTo: z.string().nullable(),
  /** What was taken in its place; null: an empty one. */
  backup: z.object({ file: z.string(), atMs: z.number() }).nullable(),
  salvaged: z.array(Salvaged),
  /** False while it is being done: the next start goes on. */
  done: z.boolean(),
})
export type Rescue = z.infer<typeof Rescue>

const noteFile = (dataFolder: string): string => join(dataFolder, 'rescue.json')

/** What has not been read yet; null when there is nothing to say. */
export function readRescue(dataFolder: string): Rescue | null {
  try {
    return Rescue.parse(JSON.parse(readFileSync(noteFile(dataFolder), 'utf8')))
  } catch {
    return null
  }
}

export function forgetRescue(dataFolder: string): void {
  rmSync(noteFile(dataFolder), { force: true })
}

/**
 * Makes sure that there is a sound database before it is opened for use. A damaged one is moved aside, the newest sound
 * backup takes its place, and what can be read of money and promises is brought over. A crash on the way is gone on with at
 * the next start.
 *
 * @returns what was done just now; null when nothing had to be.
 */
export async function rescueDatabase(dataFolder: string, nowMs: number): Promise<Rescue | null> {
  const begun = readRescue(dataFolder)
  if (begun && !begun.done) return finish(dataFolder, begun)
  const { damage, walMissing } = checkDatabase(dataFolder)
  if (damage === null) {
    if (!walMissing) return null
    const db = await openDatabase(join(dataFolder, 'frostline.db'))
    db.transact(() => takeBack(db.raw))
    db.close()
    return keep(dataFolder, { atMs: nowMs, damage: null, movedTo: null, backup: null, salvaged: [], done: true })
  }
  const movedTo = join(dataFolder, `frostline-broken-${fileTime(nowMs)}.db`)
  return finish(dataFolder, await keep(dataFolder, { atMs: nowMs, damage, movedTo, backup: null, salvaged: [], done: false }))
}

async function keep(dataFolder: string, rescue: Rescue): Promise<Rescue> {
  await writePrivateFile(noteFile(dataFolder), JSON.stringify(rescue))
  return rescue
}

async function finish(dataFolder: string, begun: Rescue): Promise<Rescue> {
  const file = join(dataFolder, 'frostline.db')
  const { movedTo } = begun
  if (movedTo === null) return keep(dataFolder, { ...begun, done: true })
  // What lies at the usual place after a crash in the middle is ours, and is made anew.
  if (existsSync(movedTo)) for (const ending of ENDINGS) rmSync(file + ending, { force: true })
  else for (const ending of ENDINGS) if (existsSync(file + ending)) renameSync(file + ending, movedTo + ending)
  const backup = newestSound(dataFolder)
  if (backup) {
    copyFileSync(backup.file, `${file}.tmp`)
    renameSync(`${file}.tmp`, file)
  }
  // Brings it up to date: rows are written by the names of today.
  const db = await openDatabase(file)
  if (backup) db.transact(() => takeBack(db.raw))
  db.close()
  const salvaged = salvage(movedTo, file)
  return keep(dataFolder, {
    ...begun,
    backup: backup && { file: basename(backup.file), atMs: backup.atMs },
    salvaged,
    done: true,
  })
}

/** The file itself last: while it is at its place, nothing was moved. */
const ENDINGS = ['-shm', '-wal', ''] as const

function newestSound(dataFolder: string): { file: string; atMs: number } | null {
  return listBackups(dataFolder).find(({ file }) => contentDamage(file, 'pages') === null && isKnown(file)) ?? null
}

/** Not written by a newer program. */
function isKnown(file: string): boolean {
  const raw = new BetterSqlite3(file, { readonly: true })
  try {
    return Number(raw.pragma('user_version', { simple: true })) <= MIGRATIONS.length
  } finally {
    raw.close()
  }
}
