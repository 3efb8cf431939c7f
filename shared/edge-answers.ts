import * as z from 'zod'
import { read } from './calls.ts'
import { ServedAs } from './pages.ts'

/**
 * Upper bounds of the classes in which times to first byte are counted, in milliseconds; a last class holds what is above.
 * Each is about half as much again as the one before, so a value read from the counts is that near to the true one.
 */
export const TTFB_BOUNDS_MS = [
  1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000, 10_000,
] as const
export const TTFB_CLASSES = TTFB_BOUNDS_MS.length + 1

/** The class of a time to first byte. */
export function ttfbClass(ttfbMs: number): number {
  const found = TTFB_BOUNDS_MS.findIndex((bound) => ttfbMs <= bound)
  return found === -1 ? TTFB_BOUNDS_MS.length : found
}

/**
 * The time within which a share of the answers began, in milliseconds, taken as evenly spread inside a class. Null without
 * answers. Above the last bound it is that bound.
 */
export function ttfbWithin(counts: readonly number[], share: number): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  let before = 0
  for (const [index, count] of counts.entries()) {
    const wanted = share * all - before
    if (count > 0 && wanted <= count) {
      const [low, high] = [TTFB_BOUNDS_MS[index - 1] ?? 0, TTFB_BOUNDS_MS[index] ?? null]
      return high === null ? low : low + (high - low) * (Math.max(0, wanted) / count)
    }
    before += count
  }
  return TTFB_BOUNDS_MS.at(-1) ?? null
}

/** Where the first answer of a check came from: the edge's store, the origin, or it did not say. */
export const ANSWERED_BY = ['store', 'origin', 'unknown'] as const
export type AnsweredBy = (typeof ANSWERED_BY)[number]

/** What answered a number of checks, and how fast. Times to first byte in milliseconds, null without answers. */
export const AnswerSum = z.object({
  store: z.number(),
  origin: z.number(),
  unknown: z.number(),
  storeTtfb: z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable() }),
  originTtfb: z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable() }),
})
export type AnswerSum = z.infer<typeof AnswerSum>

/** The share of answers that came from the store, of those that say where they came from; null when none does. */
export function hitRatio({ store, origin }: Pick<AnswerSum, 'store' | 'origin'>): number | null {
  return store + origin === 0 ? null : store / (store + origin)
}

export const ANSWER_RANGES = ['run', 'day', 'week', 'month'] as const
export type AnswerRange = (typeof ANSWER_RANGES)[number]

/** How the edge answered our own checks. Visitors' ratio is another one: they ask for popular pages more often. */
export const EdgeAnswers = z.object({
  /** The beginning of the range, by the full hour. */
  fromMs: z.number(),
  nowMs: z.number(),
  /** The edge locations that answered. */
  vantages: z.array(z.string()),
  all: AnswerSum,
  /** Answers by class of `TTFB_BOUNDS_MS`. */
  storeTtfbCounts: z.array(z.number()),
  originTtfbCounts: z.array(z.number()),
  byServedAs: z.array(AnswerSum.extend({ servedAs: ServedAs })),
  /** Those with the most answers first; `zones` counts all. */
  byZone: z.array(AnswerSum.extend({ host: z.string() })),
  zones: z.number(),
  /** The last checks of the whole site or of a filter, the newest first, whatever the range. */
  runs: z.array(AnswerSum.extend({ runId: z.number(), startedAtMs: z.number() })),
})
export type EdgeAnswers = z.infer<typeof EdgeAnswers>

export const edgeAnswers = {
  answers: read.input(z.object({ siteId: z.string(), range: z.enum(ANSWER_RANGES) })).output(EdgeAnswers),
}
