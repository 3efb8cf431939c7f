import { chmodSync } from 'node:fs'
import Database from 'better-sqlite3'

/**
 * An exclusive lock that the operating system lets go when the process ends in whatever way, so no stale lock exists.
 * SQLite's file lock is the same on all systems. The file must never be opened here by other means: on POSIX systems,
 * closing any descriptor of a file drops the process's locks on it.
 */
export function holdFile(path: string, waitMs = 0): (() => void) | null {
  const database = new Database(path, { timeout: waitMs })
  try {
    database.exec('BEGIN EXCLUSIVE')
    chmodSync(path, 0o600)
    return () => database.close()
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}
