import { AppError } from '#shared/errors.ts'
import { delay } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import type { CheckSettingsStore } from './check-settings.ts'
import type { Runs } from './runs.ts'

export interface ScheduleWorld {
  readonly settings: CheckSettingsStore
  readonly runs: Pick<Runs, 'start'>
  readonly log: Log
  readonly stopped: AbortSignal
  /** Whether automation is paused: then nothing starts, and what is due starts once afterwards. */
  paused?(): boolean
}

/** Starts the checks whose time has come. After a sleep, or a time without Frostline, each starts once. */
export interface Schedule {
  look(): Promise<void>
  /** Looks from time to time until the program ends. */
  begin(): void
}

const LOOK_EVERY_MS = 10_000

export function createSchedule({ settings, runs, log, stopped, paused = () => false }: ScheduleWorld): Schedule {
  const look = async () => {
    if (paused()) return
    for (const siteId of settings.takeDue()) {
      try {
        await runs.start(siteId, { filter: {}, exceptPageIds: [] }, settings.read(siteId).rendersAtMost, 'schedule')
      } catch (error) {
        // One that is still under way, or a site without pages: the next time comes.
        if (!(error instanceof AppError)) throw error
        log.info({ siteId, reason: error.message }, 'a scheduled check did not start')
      }
    }
  }
  const loop = async () => {
    while (!stopped.aborted) {
      await look().catch((error: unknown) => log.error({ err: error }, 'scheduled checks'))
      await delay(LOOK_EVERY_MS, stopped)
    }
  }
  return { look, begin: () => void loop().catch(() => {}) }
}
