import type { Build } from '#shared/builds.ts'
import type { Home } from '#shared/home.ts'

/** How long a build takes, and what is under way, from the latest builds (the newest first). */
export function buildsOf(builds: readonly Build[]): Omit<Home['build'], 'possible'> {
  const durations = builds.flatMap((build) =>
    build.state === 'succeeded' && build.startedAtMs !== null && build.endedAtMs !== null
      ? [build.endedAtMs - build.startedAtMs]
      : [],
  )
  const running = builds.find((build) => build.state === 'running')
  const queued = builds.filter((build) => build.state === 'queued').flatMap((build) => build.startsAtMs ?? [])
  return {
    usualMs: median(durations),
    builds: durations.length,
    running: running ? { id: running.id, startedAtMs: running.startedAtMs } : null,
    nextStartsAtMs: queued.length === 0 ? null : Math.min(...queued),
  }
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)]
  if (upper === undefined) return null
  return Number.isInteger(middle) ? Math.round((upper + (sorted[middle - 1] ?? upper)) / 2) : upper
}
