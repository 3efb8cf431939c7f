import { AppError } from '#shared/errors.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Log } from '#main/platform/log.ts'
import type { Changes } from '#main/platform/changes.ts'
import { readSettings } from './store.ts'

export interface WatchWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  /** Returns whether the distribution could be read; if not, the next round tries again. */
  describeEdge(siteId: string, signal: AbortSignal): Promise<boolean>
  /** Looks for builds and releases; throws `AppError`. */
  syncBuilds(siteId: string, signal: AbortSignal): Promise<boolean>
  /** Brings what the renderer keeps to the pages; throws `AppError`. */
  syncEntries(siteId: string, signal: AbortSignal): Promise<void>
  /** Looks for pages. `first`: nothing has been found before. Returns sentences about what could not be read. */
  findPages(siteId: string, first: boolean, signal: AbortSignal): Promise<readonly string[]>
}

/** Looks at every site from time to time: its distribution, its releases, its new pages. */
export interface Watcher {
  watch(siteId: string): void
  unwatch(siteId: string): void
}

/** The distribution's settings change seldom; reading them costs API calls. */
const DESCRIBE_EVERY_MS = 3_600_000

export function createWatcher(world: WatchWorld): Watcher {
  const loops = new Map<string, AbortController>()

  async function loop(siteId: string, signal: AbortSignal): Promise<void> {
    let describedAtMs = 0
    while (!signal.aborted) {
      const { watchSeconds } = await readSettings(world.db.query, siteId)
      try {
        if (world.clock() - describedAtMs >= DESCRIBE_EVERY_MS) {
          if (await world.describeEdge(siteId, signal)) describedAtMs = world.clock()
          world.changes.tell('sites')
        }
        await look(siteId, signal)
      } catch (error) {
        if (signal.aborted) return
        // One bad round must not end the watching.
        world.log.error({ err: error, siteId }, 'a round of watching failed')
      }
      await delay(watchSeconds * 1000, signal)
    }
  }

  async function look(siteId: string, signal: AbortSignal): Promise<void> {
    const before = await world.db.query
      .selectFrom('sites')
      .select(['discovered_at', 'watch_problem'])
      .where('id', '=', siteId)
      .executeTakeFirst()
    if (!before) return
    const problems: string[] = []
    const attempt = async (part: string, work: () => Promise<unknown>) => {
      try {
        await work()
      } catch (error) {
        if (signal.aborted || !(error instanceof AppError)) throw error
        problems.push(`${part}: ${error.message}`)
      }
    }
    await attempt('Builds', () => world.syncBuilds(siteId, signal))
    await attempt('Renderer', () => world.syncEntries(siteId, signal))
    problems.push(...(await world.findPages(siteId, before.discovered_at === null, signal)))
    const problem = problems.length > 0 ? problems.join(' ') : null
    const pages = await world.db.query.selectFrom('pages').select('id').where('site_id', '=', siteId).limit(1).execute()
    await world.db.query
      .updateTable('sites')
      .set({ watch_problem: problem, discovered_at: pages.length > 0 ? world.clock() : before.discovered_at })
      .where('id', '=', siteId)
      .execute()
    if (problem !== before.watch_problem) world.changes.tell('sites')
  }

  return {
    watch(siteId) {
      loops.get(siteId)?.abort()
      const abort = new AbortController()
      loops.set(siteId, abort)
      const signal = AbortSignal.any([abort.signal, world.stopped])
      loop(siteId, signal).catch((error: unknown) => {
        if (!signal.aborted) world.log.error({ err: error, siteId }, 'watching ended')
      })
    },
    unwatch(siteId) {
      loops.get(siteId)?.abort()
      loops.delete(siteId)
    },
  }
}
