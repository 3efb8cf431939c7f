import * as z from 'zod'
import { act, read } from './calls.ts'
import { Selection } from './pages.ts'
import { LinesRead, RefillOfAll } from './new-purge.ts'
import { ItemPage, PlanItem, Refill } from './plan-items.ts'
import { LaneReport } from './purge-lane.ts'
import { PlanWhen, VisitLimits, WhenChoice } from './plan-choices.ts'

export const PLAN_STATES = ['draft', 'building', 'purging', 'checking', 'warming', 'done', 'failed', 'cancelled'] as const
export const PlanState = z.enum(PLAN_STATES)
export type PlanState = z.infer<typeof PlanState>

/** What the plan does with one page, and why. */
export const PlanPage = z.object({
  pageId: z.number().nullable(),
  path: z.string(),
  zoneHost: z.string().nullable(),
  /** `after-…`: decided once the origin is new. */
  decision: z.enum(['purge', 'after-build', 'after-refresh', 'when-visited', 'expires', 'held-back', 'not-needed', 'refused']),
  reason: z.string(),
  /** Null with a `resultReason`: what the check of this page still waits for. */
  result: z.enum(['new-version', 'not-stored', 'still-old', 'refreshing', 'origin-old', 'failed', 'untouched']).nullable(),
  resultReason: z.string().nullable(),
})
export type PlanPage = z.infer<typeof PlanPage>

/** `auto` is balanced, `paths` exact. */
export const PURGE_WAYS = ['paths', 'auto', 'one'] as const
export const PurgeWay = z.enum(PURGE_WAYS)
export type PurgeWay = z.infer<typeof PurgeWay>

/** Whether a person decided on it. */
export const PLAN_ORIGINS = ['person', 'automatic'] as const

/** A plan's place on the way to the edge. */
export const PlanQueue = z.object({
  /** Null before and after the purge; `waiting`: nothing of what is left has been sent. */
  stage: z.enum(['waiting', 'sending', 'in-progress']).nullable(),
  /** Who had it sent before its turn: then it is a person's. */
  pushedBy: z.string().nullable(),
  /** Items that went with purges of other plans, and are charged to those. */
  coveredItems: z.number().int(),
})
export type PlanQueue = z.infer<typeof PlanQueue>

export const StepState = z.enum(['waiting', 'running', 'done', 'failed', 'skipped'])

export const Plan = z.object({
  id: z.string(),
  siteId: z.string(),
  state: PlanState,
  title: z.string(),
  createdAtMs: z.number(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  by: z.string(),
  origin: z.enum(PLAN_ORIGINS).default('person'),
  queue: PlanQueue.default({ stage: null, pushedBy: null, coveredItems: 0 }),
  /** After a roll back: what the origin has now is older than what the edge holds. */
  goesBack: z.boolean().optional(),
  /** Nobody opened it to decide on it: a change of release made it, and it waits for a person. */
  waits: z.boolean().optional(),
  /** Who pressed Start; missing in drafts. */
  startedBy: z.string().optional(),
  /** Whether the first step makes the origin new, and whether it could. */
  build: z.object({
    wanted: z.boolean(),
    possible: z.boolean(),
    needed: z.boolean(),
    state: StepState,
    buildId: z.string().nullable(),
    message: z.string(),
  }),
  /** The same for pages that a renderer keeps: no build makes those new. */
  refresh: z
    .object({
      wanted: z.boolean(),
      possible: z.boolean(),
      needed: z.boolean(),
      state: StepState,
      total: z.number(),
      done: z.number(),
      message: z.string(),
    })
    .default({ wanted: false, possible: false, needed: false, state: 'skipped', total: 0, done: 0, message: '' }),
  purge: z.object({
    /** Of the ways to purge: the cheapest with its refill, the one that makes the fewest others cold, the one with fewest items. */
    by: PurgeWay,
    state: StepState,
    items: z.array(PlanItem),
    /** Before a build these are the most that it can become. */
    atMost: z.boolean(),
    itemCount: z.number(),
    pageCount: z.number(),
    alsoCold: z.number(),
    priceMicroDollars: z.number(),
    /** Of the month's free items; null at an edge that does not charge. */
    allowanceBefore: z.number().nullable(),
    allowanceAfter: z.number().nullable(),
    /** True when others may have used more of the allowance than we know. */
    allowanceAtMost: z.boolean(),
    /** The ways there are, with what each would send and make cold. */
    ways: z
      .array(
        z.object({
          by: PurgeWay,
          items: z.number(),
          alsoCold: z.number(),
          priceMicroDollars: z.number(),
          refill: Refill.nullable().default(null),
          /** Pages in no list that its items ending in * are taken to reach as well. */
          unlisted: z.number().default(0),
        }),
      )
      .default([]),
    /** The trade-off between them, fewest items first. `exact`: no other way has so few items and makes fewer cold. */
    curve: z.array(z.object({ items: z.number(), alsoCold: z.number(), exact: z.boolean().default(true) })).default([]),
    /** How much cheaper any way at all can be than the balanced one; 0: none is. */
    gapMicroDollars: z.number().default(0),
    /** Other tags or paths that could not be used, each with its reason. */
    notes: z.array(z.string()),
    /** Tags of several of its pages that are no item, or not for all of them, and why. */
    leftOutTags: z.array(z.object({ tag: z.string(), why: z.string() })).default([]),
    /** Set when no way stays below the hard stop: what is left of it, and the items to leave out so that it does. */
    overCap: z
      .object({ most: z.number(), leaveOut: z.array(z.string()), pages: z.number() })
      .nullable()
      .default(null),
    message: z.string(),
    waitsUntilMs: z.number().nullable(),
  }),
  check: z.object({
    state: StepState,
    total: z.number(),
    newVersion: z.number(),
    done: z.number(),
    vantage: z.string().nullable(),
    message: z.string(),
    /** Known pages that were purged: more than `total` when those are a sample of them. */
    purged: z.number().default(0),
    /** Of the other pages that went cold, how many were looked at too and have the right version again. */
    cold: z.object({ checked: z.number(), right: z.number() }).default({ checked: 0, right: 0 }),
    /** What a diagnosis says of some of the pages without the new version. */
    reasons: z.array(z.object({ pageId: z.number(), url: z.string(), sentence: z.string() })).default([]),
  }),
  /** Afterwards: pages that the edge does not hold are requested, so that no visitor is the first. */
  warm: z
    .object({
      wanted: z.boolean(),
      state: StepState,
      startedAtMs: z.number().nullable(),
      total: z.number(),
      done: z.number(),
      /** How many of them the edge holds now. */
      stored: z.number(),
      message: z.string(),
    })
    .default({ wanted: false, state: 'skipped', startedAtMs: null, total: 0, done: 0, stored: 0, message: '' }),
  counts: z.object({
    purge: z.number(),
    afterBuild: z.number(),
    afterRefresh: z.number().default(0),
    whenVisited: z.number().default(0),
    expires: z.number().default(0),
    heldBack: z.number(),
    notNeeded: z.number(),
    refused: z.number(),
  }),
  /** Now, when visited, or not at all; null where there is nothing to choose, and in plans from before there was a choice. */
  when: PlanWhen.nullable().default(null),
  /** Null: it may be started. Otherwise why not, and what to do. */
  blocked: z.string().nullable(),
  /** What came out, in a sentence, when it has ended. */
  result: z.string().nullable(),
  /** How it stood when it was cancelled, when nothing of it had been sent: it can be put back. */
  cancelledFrom: z.object({ state: PlanState, title: z.string(), build: StepState }).optional(),
})
export type Plan = z.infer<typeof Plan>

const ByPlan = z.object({ planId: z.string() })

export const plans = {
  list: read.input(z.object({ siteId: z.string() })).output(z.array(Plan)),
  lane: read.input(z.object({ siteId: z.string() })).output(LaneReport),
  get: read.input(ByPlan).output(Plan),
  pages: read
    .input(
      ByPlan.extend({
        decision: z.array(PlanPage.shape.decision).optional(),
        /** Only pages whose check did not show the new version, or is still to come. */
        notNew: z.boolean().default(false),
        after: z.number().int().default(0),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(z.object({ rows: z.array(PlanPage), next: z.number().nullable() })),
  /** What one item of a plan reaches, a part at a time. */
  itemPages: read
    .input(
      ByPlan.extend({
        item: z.string().max(5_000),
        after: z.string().max(20_000).nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ rows: z.array(ItemPage), next: z.string().nullable() })),
  /** Works a plan out and stores it as a draft. Nothing is sent. */
  create: act.input(z.object({ siteId: z.string(), selection: Selection, warm: z.boolean().default(false) })).output(Plan),
  /** Works the draft out again with other choices. */
  revise: act
    .input(
      ByPlan.extend({
        build: z.boolean().optional(),
        refresh: z.boolean().optional(),
        warm: z.boolean().optional(),
        by: PurgeWay.optional(),
        when: WhenChoice.optional(),
        visits: VisitLimits.optional(),
        /** Takes the last `when` back. */
        undoWhen: z.boolean().optional(),
      }),
    )
    .output(Plan),
  /** What a plan for these pages would send and cost, without making one. */
  preview: read.input(z.object({ siteId: z.string(), selection: Selection })).output(
    Plan.shape.purge.pick({
      itemCount: true,
      pageCount: true,
      alsoCold: true,
      priceMicroDollars: true,
      allowanceBefore: true,
      allowanceAtMost: true,
    }),
  ),
  /** What each of these pasted lines means, before a plan is made of them. */
  lines: read.input(z.object({ siteId: z.string(), text: z.string().max(2_000_000) })).output(LinesRead),
  /** What purging everything would make cold, before a plan for it is made. */
  refill: read.input(z.object({ siteId: z.string() })).output(RefillOfAll),
  /**
   * Refused when it passes the soft limit of the budget and `passLimit` is not set, or a hard stop and the owner gives no
   * `stopReason`.
   */
  start: act
    .input(
      ByPlan.extend({
        passLimit: z.boolean().default(false),
        stopReason: z.string().trim().min(3, 'Say why in a few words').max(400).nullable().default(null),
      }),
    )
    .output(Plan),
  cancel: act.input(ByPlan).output(Plan),
  /**
   * Takes a cancel back for as long as nothing had been sent: the plan is what it was, with its items, its owner and its
   * choices. Throws `CONFLICT` when another plan covers the same meanwhile.
   */
  restore: act.input(ByPlan).output(Plan),
  /** Has a waiting plan sent before what runs by itself, and although automation is paused. */
  runNow: act.input(ByPlan).output(Plan),
}
