import * as z from 'zod'
import { act, read } from './calls.ts'

/** What a visit came to. */
export const VISIT_OUTCOMES = [
  'not-known',
  'throttled',
  'not-watched',
  /** Its plan has sent as many items as it may; it is purged with the rest. */
  'cap-reached',
  'begun',
] as const
export const VisitOutcome = z.enum(VISIT_OUTCOMES)
export type VisitOutcome = z.infer<typeof VisitOutcome>

/** The pages of a plan that wait for a visit. */
export const VisitWatch = z.object({
  planId: z.string(),
  state: z.enum(['watching', 'ended', 'cancelled']),
  mostItems: z.number(),
  untilMs: z.number(),
  watching: z.number(),
  /** Visited; their purge is under way. */
  begun: z.number(),
  purged: z.number(),
  /** Visited, or at the end, when the edge had no old copy any more. */
  notNeeded: z.number(),
  rest: z.number(),
  restPlanId: z.string().nullable(),
  /** Why a visit could not be answered, and what to do. */
  problem: z.string().nullable(),
})
export type VisitWatch = z.infer<typeof VisitWatch>

const InSite = z.object({ siteId: z.string() })
const ByPlan = z.object({ planId: z.string() })

export const visits = {
  /** Null when no page of the plan waits for a visit, or ever did. */
  watch: read.input(ByPlan).output(VisitWatch.nullable()),
  /** Nothing more is purged on visits; what was begun goes on. */
  cancel: act.input(ByPlan).output(VisitWatch),
  /** Tells that somebody visited a page just now, as a visit check on the page does. */
  visited: act
    .input(InSite.extend({ host: z.string().min(1).max(300), path: z.string().min(1).max(4_000) }))
    .output(z.object({ outcome: VisitOutcome })),
}
