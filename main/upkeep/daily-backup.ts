import type { Log } from '#main/platform/log.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import { listBackups } from '#main/platform/backups.ts'

/** A little less than a day, so that whoever starts at the same hour each morning gets one each morning. */
const EVERY_MS = 20 * 3_600_000
/** The first minutes belong to whoever has just opened the panel. */
const FIRST_MS = 120_000
const LOOK_MS = 3_600_000

/**
 * When the database is copied by itself, at the latest an hour after it (Unix milliseconds). A copy that was made by hand is
 * as good as one of its own.
 */
export function nextBackupAtMs(dataFolder: string, startedAtMs: number): number {
  const newest = listBackups(dataFolder).find(({ why }) => why !== 'before-update')
  return Math.max(startedAtMs + FIRST_MS, newest === undefined ? 0 : newest.atMs + EVERY_MS)
}

/** Copies the database once a day while Frostline runs. Ends with the signal. */
export async function keepDailyBackups(has: {
  readonly dataFolder: string
  readonly clock: Clock
  readonly log: Log
  readonly stopped: AbortSignal
  readonly backUp: () => Promise<string | null>
}): Promise<void> {
  const { dataFolder, clock, log, stopped } = has
  const startedAtMs = clock()
  const untilNext = () => nextBackupAtMs(dataFolder, startedAtMs) - clock()
  for (let pauseMs = FIRST_MS; ; pauseMs = Math.min(LOOK_MS, Math.max(untilNext(), FIRST_MS))) {
    try {
      await delay(pauseMs, stopped)
    } catch {
      return
    }
    if (untilNext() > 0) continue
    try {
      if ((await has.backUp()) === null) log.warn('the disk has no room for a backup of the database')
    } catch (error) {
      if (!stopped.aborted) log.error({ err: error }, 'the backup of the database failed')
    }
  }
}
