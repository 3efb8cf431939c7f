import type { Log } from '#main/platform/log.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import { listBackups } from '#main/platform/backups.ts'

/** A little less than a day, so that whoever starts at the same hour each morning gets one each morning. */
const EVERY_MS = 20 * 3_600_000
/** The first minutes belong to whoever has just opened the panel. */
const FIRST_MS = 120_000
const LOOK_MS = 3_600_000

/** Copies the database once a day while Frostline runs. Ends with the signal. */
export async function keepDailyBackups(has: {
  readonly dataFolder: string
  readonly clock: Clock
  readonly log: Log
  readonly stopped: AbortSignal
  readonly backUp: () => Promise<string | null>
}): Promise<void> {
  const { dataFolder, clock, log, stopped } = has
  for (let pauseMs = FIRST_MS; ; pauseMs = LOOK_MS) {
    try {
      await delay(pauseMs, stopped)
    } catch {
      return
    }
    const newest = listBackups(dataFolder).find(({ why }) => why === 'daily')
    if (newest && clock() - newest.atMs < EVERY_MS) continue
    try {
      if ((await has.backUp()) === null) log.warn('the disk has no room for a backup of the database')
    } catch (error) {
      if (!stopped.aborted) log.error({ err: error }, 'the backup of the database failed')
    }
  }
}
