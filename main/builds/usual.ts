import type { StuckBuild } from '#shared/build-queue.ts'
import type { Build } from '#shared/builds.ts'

const LAST_SUCCESSES = 20
const TIMES_USUAL = 3
/** A build of seconds is not called stuck for taking a minute. */
const FLOOR_MS = 120_000
/** Of a site whose builds have not been measured yet, and of one that has not begun to run. */
const UNKNOWN_MS = 1_800_000
const QUEUED_MS = 900_000

export interface Usual {
  /** The median of the last builds that succeeded; null before the first. */
  readonly usualMs: number | null
  readonly usualOf: number
}

/** @param builds the newest first. */
export function usualOf(builds: readonly Pick<Build, 'state' | 'startedAtMs' | 'endedAtMs'>[]): Usual {
  const took = builds
    .flatMap(({ state, startedAtMs, endedAtMs }) =>
      state === 'succeeded' && startedAtMs !== null && endedAtMs !== null ? [endedAtMs - startedAtMs] : [],
    )
    .slice(0, LAST_SUCCESSES)
    .sort((a, b) => a - b)
  const upper = took[Math.floor(took.length / 2)]
  if (upper === undefined) return { usualMs: null, usualOf: 0 }
  const lower = took[Math.ceil(took.length / 2) - 1] ?? upper
  return { usualMs: Math.round((lower + upper) / 2), usualOf: took.length }
}

/** After how many milliseconds of running a build counts as stuck. */
export function stuckAfterMs(usualMs: number | null): number {
  return usualMs === null ? UNKNOWN_MS : Math.max(TIMES_USUAL * usualMs, FLOOR_MS)
}

/** What is wrong with a build that is under way; null when nothing is. */
export function stuckBuild(build: Build, { usualMs, usualOf: measured }: Usual, nowMs: number): StuckBuild | null {
  const fixFor = (cancels: string) => (build.canCancel ? `${cancels} Then build again.` : 'Cancel it at the build service.')
  if (build.state === 'queued') {
    const waitedMs = nowMs - Math.max(build.queuedAtMs, build.startsAtMs ?? 0)
    if (waitedMs < QUEUED_MS) return null
    return {
      buildId: build.id,
      problem: `“${build.title}” has been queued for ${minutes(waitedMs)} and has not begun.`,
      fix: `Look at the build service: builds may be paused, or all its machines are busy. ${fixFor('Or cancel it here.')}`,
    }
  }
  if (build.state !== 'running' || build.startedAtMs === null) return null
  const ranMs = nowMs - build.startedAtMs
  if (ranMs < stuckAfterMs(usualMs)) return null
  const usually =
    usualMs === null
      ? 'no build of this site has been measured yet'
      : `builds of this site usually take ${minutes(usualMs)} (the median of ${measured})`
  return {
    buildId: build.id,
    problem: `“${build.title}” has been running for ${minutes(ranMs)}, and ${usually}. It is probably stuck.`,
    fix: `${build.hasLog ? 'See in its log where it stands still. ' : ''}${fixFor('Cancel it here.')}`,
  }
}

function minutes(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`
}
