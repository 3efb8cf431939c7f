import * as z from 'zod'
import { read } from './calls.ts'
import { FreshnessWordSchema, ServedAs } from './pages.ts'

/** A page that was found lately, and how visitors get it. */
export const NewPage = z.object({
  pageId: z.number(),
  path: z.string(),
  zoneHost: z.string(),
  foundAtMs: z.number(),
  servedAs: ServedAs,
  word: FreshnessWordSchema,
  proven: z.boolean(),
})
export type NewPage = z.infer<typeof NewPage>

/** How many pages stood at each word, those that were compared with the origin apart. Words without pages are left out. */
export const FreshnessGroups = z.array(z.object({ word: FreshnessWordSchema, proven: z.boolean(), pages: z.number().int() }))
export type FreshnessGroups = z.infer<typeof FreshnessGroups>

/** What an owner wants to know first: what visitors get, what waits, what could be done about it. */
export const Home = z.object({
  nowMs: z.number(),
  pages: z.number().int(),
  /** Every word that there is, those that were compared with the origin apart. */
  freshness: FreshnessGroups,
  oldCopies: z.number().int(),
  /** The edge locations from which the old copies were seen. */
  oldSeenFrom: z.array(z.string()),
  neverChecked: z.number().int(),
  /** Changes that were told and are in no release yet. */
  changesWaiting: z.number().int(),
  release: z.object({ id: z.string(), title: z.string().nullable(), builtAtMs: z.number() }).nullable(),
  /** A release that is built and not published. */
  stagedReleaseId: z.string().nullable(),
  build: z.object({
    possible: z.boolean(),
    /** The median of the builds that succeeded lately; null when there are none. */
    usualMs: z.number().nullable(),
    /** How many builds the median is of. */
    builds: z.number().int(),
    running: z.object({ id: z.string(), startedAtMs: z.number().nullable() }).nullable(),
    /** When a build that is queued is going to start. */
    nextStartsAtMs: z.number().nullable(),
  }),
  newest: z.array(NewPage),
})
export type Home = z.infer<typeof Home>

/** How far back the chart of Home reaches. */
export const FRESHNESS_RANGES_HOURS = [1, 24, 168, 2_160] as const

export const FreshnessOverTime = z.object({
  nowMs: z.number(),
  /** When the first sample that is kept was taken; null before there is one. */
  sinceMs: z.number().nullable(),
  /** The oldest first. Between two that lie further apart than `gapMs` nobody looked. */
  samples: z.array(z.object({ atMs: z.number(), groups: FreshnessGroups })),
  gapMs: z.number(),
})
export type FreshnessOverTime = z.infer<typeof FreshnessOverTime>

export const home = {
  get: read.input(z.object({ siteId: z.string() })).output(Home),
  /** The freshness of the site's pages in the past, at most some hundred samples. Kept for 90 days, by the hour after two. */
  freshnessOverTime: read
    .input(z.object({ siteId: z.string(), hours: z.literal(FRESHNESS_RANGES_HOURS) }))
    .output(FreshnessOverTime),
}
