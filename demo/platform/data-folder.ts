import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { hasCode } from './local-server.ts'

/** Where everything of one demo lives. */
export interface DataFolder {
  readonly path: string
  readonly databaseFile: string
  readonly portsFile: string
  readonly identityFile: string
  readonly siteFile: string
  readonly releasesFolder: string
  readonly logsFolder: string
  /** Lets another process use the folder. */
  release(): void
}

/** The folder is in use; the message says by whom. */
export class FolderHeldError extends Error {}

/**
 * Takes the folder for this process. An exclusive database transaction is the lock: the system ends it together with
 * the process, however that ends, so no lock is ever left behind.
 *
 * @throws FolderHeldError when another demo runs on the folder.
 */
export function takeDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const holderFile = join(path, 'holder.json')
  const lock = new Database(join(path, 'lock.db'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (hasCode(error, 'SQLITE_BUSY')) throw new FolderHeldError(heldBy(path, holderFile))
    throw error
  }
  writeFileSync(holderFile, JSON.stringify({ pid: process.pid, startedOn: new Date().toISOString() }))
  const releasesFolder = join(path, 'releases')
  const logsFolder = join(path, 'builds')
  mkdirSync(releasesFolder, { recursive: true })
  mkdirSync(logsFolder, { recursive: true })
  return {
    path,
    databaseFile: join(path, 'demo.db'),
    portsFile: join(path, 'ports.json'),
    identityFile: join(path, 'identity.json'),
    siteFile: join(path, 'site.json'),
    releasesFolder,
    logsFolder,
    release: () => {
      lock.close()
    },
  }
}

/** Deletes the built releases and the build logs; the database is emptied by its own function. */
export function emptyFolders(folder: DataFolder): void {
  for (const path of [folder.releasesFolder, folder.logsFolder]) {
    rmSync(path, { recursive: true, force: true })
    mkdirSync(path, { recursive: true })
  }
}

function heldBy(path: string, holderFile: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(holderFile, 'utf8'))
    if (typeof holder === 'object' && holder !== null && 'pid' in holder && 'startedOn' in holder) {
      return `The demo in ${path} is already running: process ${String(holder.pid)}, since ${String(holder.startedOn)}.`
    }
  } catch {
    // The holder's note may be missing for a moment while it starts.
  }
  return `The demo in ${path} is already running.`
}
