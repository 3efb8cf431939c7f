import { join } from 'node:path'
import type { Clock } from './platform/clock.ts'
import { openDatabase, type Database } from './platform/database.ts'
import { markOpen } from './platform/database-check.ts'
import type { Log } from './platform/log.ts'
import { rescueDatabase } from './platform/rescue.ts'

/**
 * Opens the database of a data folder for use: a damaged one is put right first, and its schema is brought up to date. Throws
 * `NewerDatabaseError`, and what the disk says.
 */
export async function openData(dataFolder: string, clock: Clock, log: Log): Promise<Database> {
  const rescued = await rescueDatabase(dataFolder, clock())
  if (rescued) {
    log.error({ rescued }, 'the database was damaged')
    process.stderr.write('The database was damaged and has been put right as far as possible. The panel says what is missing.\n')
  }
  const db = await openDatabase(join(dataFolder, 'frostline.db'))
  markOpen(dataFolder)
  return db
}
