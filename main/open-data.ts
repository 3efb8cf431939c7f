import { join } from 'node:path'
import type { Clock } from './platform/clock.ts'
import { openDatabase, type Database } from './platform/database.ts'
import { markDamaged, markOpen } from './platform/database-check.ts'
import { isDamage } from './platform/failure-code.ts'
import type { Log } from './platform/log.ts'
import { rescueDatabase } from './platform/rescue.ts'

/**
 * Opens the database of a data folder for use: a damaged one is put right first, and its schema is brought up to date. Throws
 * `NewerDatabaseError`, and what the disk says.
 */
export async function openData(dataFolder: string, clock: Clock, log: Log): Promise<Database> {
  async function rescue(): Promise<void> {
    const rescued = await rescueDatabase(dataFolder, clock())
    if (!rescued) return
    log.error({ rescued }, 'the database was damaged')
    process.stderr.write('The database was damaged and has been put right as far as possible. The panel says what is missing.\n')
  }
  const open = () => openDatabase(join(dataFolder, 'frostline.db'))
  await rescue()
  const db = await open().catch(async (error: unknown) => {
    if (!isDamage(error)) throw error
    // Its list of tables could be read, and what stands behind it not.
    markDamaged(dataFolder)
    await rescue()
    return open()
  })
  markOpen(dataFolder)
  return db
}
