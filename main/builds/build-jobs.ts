import type { Job } from '#shared/activity.ts'
import type { Build } from '#shared/builds.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { titleOf } from './coalesce.ts'
import { knownReleases } from './known-releases.ts'
import type { LaterSwitches } from './later-switches.ts'
import { readQueue, type QueueViewWorld } from './queue-view.ts'
import type { BuildQueueService } from './queue.ts'

export interface BuildJobsWorld extends QueueViewWorld {
  readonly db: Database
  readonly clock: Clock
  cancelBuild(buildId: string): Promise<void>
  readonly queue: Pick<BuildQueueService, 'holds' | 'cancel'>
  readonly later: Pick<LaterSwitches, 'show' | 'cancel'>
  note(siteId: string, by: string, text: string, facts: { kind: 'build'; result: 'cancelled' }): void
}

/** What a job's id begins with; the rest is the id of the build, or of the site where one waits. */
const BUILD = 'build:'
const NEXT_BUILD = 'next-build:'
const LATER_SWITCH = 'later-switch:'

/**
 * Builds as jobs: those under way, those that ended since the program began, and what waits for its turn. They are read from
 * disk, so that they are there after a restart as well.
 */
export function createBuildJobs(world: BuildJobsWorld) {
  const { db, queue, later, note } = world
  const beganMs = world.clock()
  const busySites = db.raw.prepare<[number], { id: string }>(`
    SELECT id FROM sites WHERE removed_at IS NULL AND (
      id IN (SELECT site_id FROM waiting_builds) OR id IN (SELECT site_id FROM begun_builds)
      OR id IN (SELECT site_id FROM later_switches WHERE problem IS NULL)
      OR id IN (SELECT site_id FROM builds WHERE state IN ('queued', 'running') OR remote_json ->> '$.endedAtMs' >= ?))`)

  async function ofSite(siteId: string): Promise<Job[]> {
    const { waiting, starting, usualMs } = await readQueue(world, siteId)
    const now = { ...NOTHING, siteId, usualMs, kind: 'build' as const }
    const jobs: Job[] = (await world.listBuilds(siteId))
      .filter((build) => isUnderWay(build) || (build.endedAtMs ?? 0) >= beganMs)
      .map((build) => ({ ...now, ...ofBuild(build) }))
    if (waiting) {
      jobs.push({
        ...now,
        id: NEXT_BUILD + siteId,
        title: `Next build: ${titleOf(waiting.causes)}`,
        state: 'waiting',
        note: [waiting.problem ?? (waiting.holds === 'build' ? 'Begins when the running build has ended.' : ''), waiting.fix]
          .filter(Boolean)
          .join(' '),
        startedAtMs: waiting.firstAtMs,
        startsAtMs: waiting.holds === null ? waiting.startsAtMs : null,
        canCancel: true,
      })
    }
    const begun = world.store.begun(siteId)
    if (starting && begun) {
      jobs.push({
        ...now,
        id: `starting:${siteId}`,
        title: `Build: ${starting.title}`,
        usualMs: null,
        state: 'running',
        note: starting.problem ?? 'The build service is being asked.',
        startedAtMs: begun.begunAtMs,
        canCancel: false,
      })
    }
    return [...jobs, ...(await waitingSwitch(siteId))]
  }

  async function waitingSwitch(siteId: string): Promise<Job[]> {
    const waits = later.show(siteId, await knownReleases(db.query, siteId))
    if (waits === null || waits.problem !== null) return []
    return [
      {
        ...NOTHING,
        siteId,
        id: LATER_SWITCH + siteId,
        kind: 'switch',
        title: `Next: visitors get ${waits.to.title ?? waits.to.id}`,
        state: 'waiting',
        note: waits.waitsFor ?? '',
        startedAtMs: waits.sinceMs,
        canCancel: true,
      },
    ]
  }

  return {
    async list(): Promise<Job[]> {
      return (await Promise.all(busySites.all(beganMs).map(({ id }) => ofSite(id)))).flat()
    },
    async cancel(jobId: string, by: string): Promise<boolean | null> {
      if (jobId.startsWith(BUILD)) {
        await world.cancelBuild(jobId.slice(BUILD.length))
        return true
      }
      if (jobId.startsWith(LATER_SWITCH)) return later.cancel(jobId.slice(LATER_SWITCH.length), by)
      if (!jobId.startsWith(NEXT_BUILD)) return null
      const siteId = jobId.slice(NEXT_BUILD.length)
      const cancelled = queue.cancel(siteId)
      if (cancelled) note(siteId, by, 'Took the waiting build away', { kind: 'build', result: 'cancelled' })
      return cancelled
    },
  }
}

const NOTHING = {
  done: 0,
  total: null,
  endedAtMs: null,
  paused: null,
  leftMs: null,
  usualMs: null,
  startsAtMs: null,
} satisfies Partial<Job>

function isUnderWay({ state }: Build): boolean {
  return state === 'queued' || state === 'running'
}

function ofBuild(build: Build) {
  const { progress, release } = build
  const measured = progress !== null && progress.total > 0
  return {
    id: BUILD + build.id,
    title: `Build: ${build.title}`,
    state: stateOf(build),
    done: measured ? progress.done : 0,
    total: measured ? progress.total : null,
    note: isUnderWay(build) ? (progress?.phase ?? '') : (build.error ?? (release === null ? '' : `Made release ${release.id}.`)),
    startedAtMs: build.startedAtMs ?? build.queuedAtMs,
    endedAtMs: build.endedAtMs,
    canCancel: build.canCancel,
    startsAtMs: build.state === 'queued' ? build.startsAtMs : null,
  }
}

function stateOf({ state }: Build): Job['state'] {
  if (state === 'queued') return 'waiting'
  if (state === 'running' || state === 'cancelled') return state
  return state === 'failed' || state === 'lost' ? 'failed' : 'done'
}
