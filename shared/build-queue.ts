import * as z from 'zod'
import { act, read } from './calls.ts'

/** Changes of one source that a build is wanted for. */
export const BuildCause = z.object({
  /** Who tells of them: "Sanity", "the schedule", a person. */
  source: z.string(),
  count: z.number().int(),
  /** The last few of them, the newest first. */
  latest: z.array(z.string()),
})
export type BuildCause = z.infer<typeof BuildCause>

/**
 * Why a waiting build does not begin when its time has come. `switch`: visitors are
 * given another release first. `refused`: the service refused, and trying again would not help.
 */
export const BUILD_HOLDS = ['build', 'switch', 'pinned', 'paused', 'refused'] as const
export type BuildHold = (typeof BUILD_HOLDS)[number]

/** The one build of a site that waits. Everything that is wanted until it begins becomes a part of it. */
export const WaitingBuild = z.object({
  causes: z.array(BuildCause),
  /** Over all causes. */
  changes: z.number().int(),
  firstAtMs: z.number(),
  lastAtMs: z.number(),
  /** It begins then, unless something holds it; null: not by itself. */
  startsAtMs: z.number().nullable(),
  holds: z.enum(BUILD_HOLDS).nullable(),
  /** What holds it or went wrong, as a sentence, and what to do. */
  problem: z.string().nullable(),
  fix: z.string().nullable(),
})
export type WaitingBuild = z.infer<typeof WaitingBuild>

/** When a site is built by itself, while Frostline runs. */
export const BuildSchedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({
    kind: z.literal('every'),
    minutes: z.number().int().min(5, 'At least 5 minutes').max(43_200),
    onlyIfChanged: z.boolean(),
  }),
  z.object({
    kind: z.literal('cron'),
    cron: z.string().trim().min(1, 'Write it as: minute hour day month weekday').max(100),
    timeZone: z.string().trim().min(1, 'Name a time zone such as Europe/Berlin').max(60),
    onlyIfChanged: z.boolean(),
  }),
])
export type BuildSchedule = z.infer<typeof BuildSchedule>

/** How changes are gathered into builds, and when a site is built by itself. */
export const BuildSettings = z.object({
  /** A build begins when nothing more was wanted for so long. */
  quietSeconds: z.number().int().min(1, 'At least 1 second').max(3_600),
  /** It waits no longer than this, however much goes on being wanted. */
  longestSeconds: z.number().int().min(1, 'At least 1 second').max(86_400),
  schedule: BuildSchedule,
})
export type BuildSettings = z.infer<typeof BuildSettings>

/** What a build costs where builds cost: an estimate by the vendor's page, not a bill. */
export const BuildCost = z.object({ amount: z.number(), unit: z.string(), note: z.string(), source: z.string() })
export type BuildCost = z.infer<typeof BuildCost>

/** A build that takes longer than it should. */
export const StuckBuild = z.object({ buildId: z.string(), problem: z.string(), fix: z.string() })
export type StuckBuild = z.infer<typeof StuckBuild>

export const BuildQueue = z.object({
  waiting: WaitingBuild.nullable(),
  /** A build that the service is being asked for. Null `problem`: its answer is on the way. */
  starting: z
    .object({ title: z.string(), causes: z.array(BuildCause), problem: z.string().nullable(), retryAtMs: z.number() })
    .nullable(),
  /** The median of the last builds that succeeded, and of how many. */
  usualMs: z.number().nullable(),
  usualOf: z.number().int(),
  stuck: z.array(StuckBuild),
  settings: BuildSettings,
  nextScheduledAtMs: z.number().nullable(),
  cost: BuildCost.nullable(),
})
export type BuildQueue = z.infer<typeof BuildQueue>

/** A build of the last days, as the chart needs it. */
export const PastBuild = z.object({
  atMs: z.number(),
  state: z.enum(['succeeded', 'failed', 'other']),
  tookMs: z.number().nullable(),
})
export type PastBuild = z.infer<typeof PastBuild>

const OfSite = z.object({ siteId: z.string() })

export const buildQueue = {
  get: read.input(OfSite).output(BuildQueue),
  /** Wants a build: one that begins at once, or a part of the one that waits. */
  request: act.input(OfSite).output(z.object({ begins: z.boolean() })),
  /** Begins the waiting build now, whatever runs. */
  runNow: act.input(OfSite).output(z.object({ begun: z.boolean() })),
  /** Takes the waiting build away. */
  cancel: act.input(OfSite).output(z.object({ cancelled: z.boolean() })),
  save: act.input(OfSite.extend({ settings: BuildSettings })).output(BuildSettings),
  /** Builds of the last 14 days, the oldest first. */
  past: read.input(OfSite).output(z.array(PastBuild)),
}
