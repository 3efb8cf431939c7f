import type { BuildCost, BuildQueue, PastBuild, WaitingBuild } from '#shared/build-queue.ts'
import type { Build } from '#shared/builds.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { BuildSettingsStore } from './build-settings.ts'
import { changesIn } from './coalesce.ts'
import { readPin, switchWaiting } from './pins.ts'
import type { BuildQueueService } from './queue.ts'
import type { QueueStore, Waiting } from './queue-store.ts'
import { stuckBuild, usualOf } from './usual.ts'

export interface QueueViewWorld {
  readonly db: Database
  readonly clock: Clock
  readonly store: QueueStore
  readonly settings: BuildSettingsStore
  readonly queue: Pick<BuildQueueService, 'holds'>
  listBuilds(siteId: string): Promise<Build[]>
  costOf(siteId: string): Promise<BuildCost | null>
}

const PAST_MS = 14 * 86_400_000
const PAST_AT_MOST = 5_000

/** What a panel shows of the builds to come of a site. */
export async function readQueue(world: QueueViewWorld, siteId: string): Promise<BuildQueue> {
  const { store, settings, clock } = world
  const builds = await world.listBuilds(siteId)
  const usual = usualOf(builds)
  const waiting = store.waiting(siteId)
  const begun = store.begun(siteId)
  return {
    ...usual,
    waiting: waiting && (await showWaiting(world, waiting)),
    starting: begun && { title: begun.title, causes: [...begun.causes], problem: begun.problem, retryAtMs: begun.retryAtMs },
    stuck: builds.flatMap((build) => stuckBuild(build, usual, clock()) ?? []),
    settings: settings.read(siteId),
    nextScheduledAtMs: settings.nextAtMs(siteId),
    cost: await world.costOf(siteId),
  }
}

/** When the build that waits begins by itself; null when none does. */
export async function nextBuildAtMs(
  { store, queue }: Pick<QueueViewWorld, 'store' | 'queue'>,
  siteId: string,
): Promise<number | null> {
  const waiting = store.waiting(siteId)
  return waiting && (await queue.holds(waiting)) === null ? waiting.startsAtMs : null
}

async function showWaiting({ db, queue }: QueueViewWorld, waiting: Waiting): Promise<WaitingBuild> {
  const holds = await queue.holds(waiting)
  const { causes, firstAtMs, lastAtMs, startsAtMs, problem, fix } = waiting
  const shown = { causes: [...causes], changes: changesIn(causes), firstAtMs, lastAtMs, startsAtMs, holds, problem, fix }
  if (problem !== null) return shown
  switch (holds) {
    case 'pinned': {
      const pin = readPin(db, waiting.siteId)
      const what = pin ? `The site is pinned to ${pin.releaseId}` : 'The site is held at a release'
      return {
        ...shown,
        problem: `${what}, so no build begins by itself: visitors would not get it.`,
        fix: 'It begins when the site is unpinned. Run now builds without publishing.',
      }
    }
    case 'switch':
      return {
        ...shown,
        problem: `Visitors get ${switchWaiting(db, waiting.siteId) ?? 'another release'} first, as soon as what is under way has ended.`,
        fix: 'It begins after that. Run now does not wait.',
      }
    case 'paused':
      return { ...shown, problem: 'All automation is paused.', fix: 'It begins when automation goes on, or with Run now.' }
    default:
      return shown
  }
}

/** Builds of the last 14 days, the oldest first. */
export function readPast({ db, clock }: Pick<QueueViewWorld, 'db' | 'clock'>, siteId: string): PastBuild[] {
  const rows = db.raw
    .prepare<[string, number, number], { atMs: number; state: string; tookMs: number | null }>(
      `SELECT queued_at AS atMs, state, (remote_json ->> '$.endedAtMs') - (remote_json ->> '$.startedAtMs') AS tookMs
      FROM builds WHERE site_id = ? AND queued_at > ? ORDER BY queued_at DESC LIMIT ?`,
    )
    .all(siteId, clock() - PAST_MS, PAST_AT_MOST)
  return rows
    .map(({ atMs, state, tookMs }): PastBuild => {
      return { atMs, tookMs, state: state === 'succeeded' || state === 'failed' ? state : 'other' }
    })
    .reverse()
}
