import type { Build } from '#shared/builds.ts'

const COUNTED = 9

/** How long a build of this site takes: the middle one of the last that succeeded. Null before the first. Milliseconds. */
export function typicalTime(builds: readonly Pick<Build, 'state' | 'startedAtMs' | 'endedAtMs'>[]): number | null {
  const took = builds
    .flatMap(({ state, startedAtMs, endedAtMs }) =>
      state === 'succeeded' && startedAtMs !== null && endedAtMs !== null ? [endedAtMs - startedAtMs] : [],
    )
    .slice(0, COUNTED)
    .sort((a, b) => a - b)
  return took[Math.floor(took.length / 2)] ?? null
}
