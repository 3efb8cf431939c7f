import * as z from 'zod'
import { act, read } from './calls.ts'

/** `published`: visitors had it once. `unpublished`: built, and visitors never had it. */
export const DeployState = z.enum(['live', 'published', 'unpublished'])
export type DeployState = z.infer<typeof DeployState>

export const ChangeCounts = z.object({
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  /** Files that are no pages: feeds, pictures, scripts. */
  otherFiles: z.number(),
})
export type ChangeCounts = z.infer<typeof ChangeCounts>

/** One release of the site: what a build made, and what became of it. */
export const Deploy = z.object({
  releaseId: z.string(),
  /** Our id of the build that made it; its log is shown by it. */
  buildId: z.string(),
  title: z.string(),
  state: DeployState,
  /** What visitors are held at. */
  pinned: z.boolean(),
  causes: z.array(z.string()),
  builtAtMs: z.number(),
  publishedAtMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  hasLog: z.boolean(),
  /** Pages that differ from those of the release before it; null while that is not known. */
  changes: ChangeCounts.nullable(),
  /** Null: visitors can be given this release from here. Otherwise why not. */
  fixed: z.string().nullable(),
})
export type Deploy = z.infer<typeof Deploy>

export const SWITCH_STATES = ['intent', 'switched', 'deployed', 'done', 'failed', 'cancelled'] as const
export const SwitchState = z.enum(SWITCH_STATES)
export type SwitchState = z.infer<typeof SwitchState>

/** Visitors being given another release. */
export const Switch = z.object({
  id: z.string(),
  state: SwitchState,
  from: z.object({ id: z.string(), title: z.string() }).nullable(),
  to: z.object({ id: z.string(), title: z.string() }),
  /** True: the site is held at that release. False: it goes on with whatever is published. */
  pins: z.boolean(),
  /** Purge as soon as every location of the edge has the change; otherwise the plan is only made. */
  purges: z.boolean(),
  by: z.string(),
  startedAtMs: z.number(),
  switchedAtMs: z.number().nullable(),
  deployedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  /** The purge of what differs, once it has been worked out. */
  planId: z.string().nullable(),
  /** What is done now, or what came of it, in a sentence. */
  message: z.string(),
})
export type Switch = z.infer<typeof Switch>

export const Pin = z.object({
  release: z.object({ id: z.string(), title: z.string() }),
  sinceMs: z.number(),
  by: z.string(),
  /** What visitors get although the site is pinned to another release: somebody else has published it. Usually null. */
  overruledBy: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** Where unpinning leads to; null when nothing newer has been published. */
  forward: z.object({ id: z.string(), title: z.string() }).nullable(),
})
export type Pin = z.infer<typeof Pin>

/** A change of release that waits until what is under way has ended. */
export const LaterSwitch = z.object({
  to: z.object({ id: z.string(), title: z.string() }),
  purges: z.boolean(),
  by: z.string(),
  sinceMs: z.number(),
  /** What has to end first; null: it begins in a moment. */
  waitsFor: z.string().nullable(),
  /** Why it will not begin. */
  problem: z.string().nullable(),
})
export type LaterSwitch = z.infer<typeof LaterSwitch>

/** How long it takes until every location of the edge has a switch. */
export const SwitchTime = z.object({ usualMs: z.number().nullable(), measured: z.number() })

/** What a purge would take, before there is a plan. */
export const PurgeInShort = z.object({
  itemCount: z.number(),
  pageCount: z.number(),
  alsoCold: z.number(),
  priceMicroDollars: z.number(),
  allowanceBefore: z.number().nullable(),
  allowanceAtMost: z.boolean(),
})
export type PurgeInShort = z.infer<typeof PurgeInShort>

/** What a switch to a release would do, before anything is done. */
export const SwitchPreview = z.object({
  /** Null: which release visitors get is not known, or they get none yet. */
  from: z.object({ id: z.string(), title: z.string() }).nullable(),
  to: z.object({
    id: z.string(),
    title: z.string(),
    builtAtMs: z.number(),
    /** Whether visitors had it once. */
    published: z.boolean(),
  }),
  /** An older release than the one that visitors get. */
  back: z.boolean(),
  pins: z.boolean(),
  /** Null when there is nothing to compare with. */
  counts: ChangeCounts.nullable(),
  /** Known pages that no release holds: a function renders them when they are asked for. */
  renderedOnDemand: z.number(),
  /** Releases that visitors would have again no more, the newest first. */
  leaves: z.array(z.object({ id: z.string(), title: z.string() })),
  time: SwitchTime,
  /** Null: it is worked out once visitors have the release. */
  purge: PurgeInShort.nullable(),
  /** What has to end before it can begin; null: nothing is in the way. */
  waitsFor: z.string().nullable(),
})
export type SwitchPreview = z.infer<typeof SwitchPreview>

export const ReleaseChange = z.object({
  kind: z.enum(['added', 'changed', 'removed']),
  host: z.string(),
  path: z.string(),
})
export type ReleaseChange = z.infer<typeof ReleaseChange>

const InSite = z.object({ siteId: z.string() })
const OfRelease = InSite.extend({ releaseId: z.string() })

export const deploys = {
  list: read.input(InSite).output(
    z.object({
      deploys: z.array(Deploy),
      pin: Pin.nullable(),
      /** The switch that runs, or the last one. */
      lastSwitch: Switch.nullable(),
      later: LaterSwitch.nullable(),
      time: SwitchTime,
    }),
  ),
  /**
   * The pages in which a release differs from another one (without `against`: the one before it). Releases whose files
   * are not kept here are asked for at the build service.
   */
  changes: read
    .input(
      OfRelease.extend({
        against: z.string().optional(),
        kind: ReleaseChange.shape.kind.optional(),
        after: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        /** Null: there is no release before it. */
        against: z.object({ id: z.string(), title: z.string() }).nullable(),
        counts: ChangeCounts.nullable(),
        rows: z.array(ReleaseChange),
        next: z.number().nullable(),
      }),
    ),
  preview: read.input(OfRelease).output(SwitchPreview),
  /** The purge of what a release has changed against the one before it; null when there is nothing to compare or to purge. */
  purgeOf: read.input(OfRelease).output(PurgeInShort.nullable()),
  /** A draft of that purge. Nothing is sent. Throws `NOT_FOUND` when there is nothing to purge. */
  planPurge: act.input(OfRelease).output(z.object({ planId: z.string() })),
  /** Gives visitors this release: one that is not the newest pins the site to it. */
  switchTo: act.input(OfRelease.extend({ purge: z.boolean().default(true) })).output(Switch),
  /** The same, as soon as the purge or the build that is under way has ended. It outlives a restart. */
  switchLater: act
    .input(OfRelease.extend({ purge: z.boolean().default(true) }))
    .output(z.object({ later: LaterSwitch.nullable() })),
  cancelLater: act.input(InSite).output(z.object({ cancelled: z.boolean() })),
  /** Lets the site go on with the newest release. Null: visitors have that one already, and only the pin was taken off. */
  unpin: act.input(InSite.extend({ purge: z.boolean().default(true) })).output(Switch.nullable()),
  /** Only before the edge has been told. Throws `CONFLICT` afterwards. */
  cancel: act.input(z.object({ switchId: z.string() })).output(Switch),
}
