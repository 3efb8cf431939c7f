import { AppError } from '#shared/errors.ts'
import type { LaterSwitch } from '#shared/deploys.ts'
import type { Changes } from '#main/platform/changes.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { named } from './deploys-list.ts'
import { inTheWay } from './in-the-way.ts'
import type { KnownRelease } from './known-releases.ts'

export interface LaterSwitchesWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly stopped: AbortSignal
  /** Begins the switch. Its intent takes the wish away in the same transaction. */
  start(siteId: string, releaseId: string, purges: boolean, by: string): Promise<unknown>
  note(siteId: string, by: string, text: string): void
}

/** Roll backs that wait until the purge or the build that is under way has ended. They outlive a restart. */
export interface LaterSwitches {
  /** Takes the place of an earlier one of the site. */
  add(siteId: string, releaseId: string, purges: boolean, by: string): void
  show(siteId: string, releases: readonly KnownRelease[]): LaterSwitch | null
  cancel(siteId: string, by: string): boolean
  /** Begins those that nothing is in the way of. Ends with the program. */
  run(): Promise<void>
}

interface Row {
  site_id: string
  release_id: string
  purges: number
  by: string
  since: number
  problem: string | null
}

const LOOK_MS = 1_000

export function createLaterSwitches(world: LaterSwitchesWorld): LaterSwitches {
  const { db, changes, stopped } = world
  const { raw } = db
  const waiting = raw.prepare<[], Row>('SELECT * FROM later_switches WHERE problem IS NULL')
  const bySite = raw.prepare<[string], Row>('SELECT * FROM later_switches WHERE site_id = ?')

  async function begin({ site_id: siteId, release_id: releaseId, purges, by }: Row): Promise<void> {
    if (inTheWay(db, siteId, true) !== null) return
    try {
      await world.start(siteId, releaseId, purges === 1, by)
    } catch (error) {
      if (stopped.aborted) throw error
      if (error instanceof AppError && error.details.retryable === true) return
      const problem = error instanceof AppError ? error.message : 'Something went wrong inside. The log has the details.'
      raw.prepare('UPDATE later_switches SET problem = ? WHERE site_id = ? AND release_id = ?').run(problem, siteId, releaseId)
      world.note(siteId, by, `Visitors were not given ${releaseId}: ${problem}`)
      changes.tell('deploys')
      if (!(error instanceof AppError)) throw error
    }
  }

  return {
    add(siteId, releaseId, purges, by) {
      raw
        .prepare('INSERT OR REPLACE INTO later_switches (site_id, release_id, purges, by, since) VALUES (?, ?, ?, ?, ?)')
        .run(siteId, releaseId, purges ? 1 : 0, by, world.clock())
      world.note(siteId, by, `Visitors get ${releaseId} as soon as what is under way has ended`)
      changes.tell('deploys', 'buildQueue')
    },
    show(siteId, releases) {
      const row = bySite.get(siteId)
      if (!row) return null
      return {
        to: named(releases, row.release_id),
        purges: row.purges === 1,
        by: row.by,
        sinceMs: row.since,
        waitsFor: row.problem === null ? (inTheWay(db, siteId, true)?.message ?? null) : null,
        problem: row.problem,
      }
    },
    cancel(siteId, by) {
      const row = bySite.get(siteId)
      if (!row) return false
      raw.prepare('DELETE FROM later_switches WHERE site_id = ?').run(siteId)
      if (row.problem === null) world.note(siteId, by, `Cancelled before it began: visitors get ${row.release_id}`)
      changes.tell('deploys', 'buildQueue')
      return true
    },
    async run() {
      while (!stopped.aborted) {
        for (const row of waiting.all()) await begin(row)
        await delay(LOOK_MS, stopped)
      }
    },
  }
}
