import type { PastBuild } from '#shared/build-queue.ts'

export interface BuildDay {
  /** Midnight where the person is. */
  readonly startMs: number
  readonly succeeded: number
  readonly failed: number
  readonly other: number
  /** The median of those that succeeded. */
  readonly usualMs: number | null
}

/** The last days up to now, the oldest first, days without builds among them. */
export function buildDays(past: readonly PastBuild[], nowMs: number, days: number): BuildDay[] {
  const starts = Array.from({ length: days }, (_, index) => midnight(nowMs, days - 1 - index))
  return starts.map((startMs, index) => {
    const untilMs = starts[index + 1] ?? Number.POSITIVE_INFINITY
    const of = past.filter(({ atMs }) => atMs >= startMs && atMs < untilMs)
    const count = (state: PastBuild['state']) => of.filter((build) => build.state === state).length
    const took = of
      .flatMap(({ state, tookMs }) => (state === 'succeeded' && tookMs !== null ? [tookMs] : []))
      .sort((a, b) => a - b)
    return {
      startMs,
      succeeded: count('succeeded'),
      failed: count('failed'),
      other: count('other'),
      usualMs: took[Math.floor(took.length / 2)] ?? null,
    }
  })
}

/** By the calendar, since a day may have 23 hours. */
function midnight(nowMs: number, daysAgo: number): number {
  const day = new Date(nowMs)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime()
}
