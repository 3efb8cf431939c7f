import * as z from 'zod'
import { act, own, read } from './calls.ts'
import { Reading, ReadingState, ReadingToken } from './hook-readings.ts'
import { HookEvent, RuleInput, RuleToSave } from './hook-rules.ts'
import { HookSource, SourceKind, SourceReveal, SourceSecret, SourceSettings } from './hook-sources.ts'

export const DELIVERY_STATES = ['waiting', 'done', 'failed', 'refused'] as const

/** Work that rules asked for and what became of it; deliveries that come quickly share it. */
export const HookWork = z.object({
  kind: z.enum(['build', 'plan', 'refresh', 'when-visited']),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** The plan or build that it became. */
  ref: z.string().nullable(),
  note: z.string(),
  cost: z.object({ items: z.number().int(), microDollars: z.number().int() }).nullable(),
})
export type HookWork = z.infer<typeof HookWork>

export const Delivery = z.object({
  id: z.number(),
  atMs: z.number(),
  sourceId: z.string(),
  sourceName: z.string(),
  state: z.enum(DELIVERY_STATES),
  /** Why it was refused or has failed. */
  reason: z.string().nullable(),
  event: HookEvent.nullable(),
  /** The event as the sender names it. */
  rawEvent: z.string().nullable(),
  type: z.string().nullable(),
  contentId: z.string().nullable(),
  /** The rules that matched, and what each did, as sentences. */
  rules: z.array(z.object({ ruleId: z.string(), did: z.array(z.string()) })),
  work: z.array(HookWork),
  replayOf: z.number().nullable(),
  /** When it changed, by its vendor's clock, for a change that was found by asking; null: it was delivered. */
  changedAtMs: z.number().nullable(),
  /** The delivery or finding that told of the same change before, so that nothing was done for this one. */
  sameAs: z.number().nullable(),
  sizeBytes: z.number(),
})
export type Delivery = z.infer<typeof Delivery>

export const DeliveryDetail = Delivery.extend({
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** The body as it came; cut where it is longer than a person reads. */
  payload: z.string(),
  cut: z.boolean(),
})
export type DeliveryDetail = z.infer<typeof DeliveryDetail>

/** What a rule would do with a stored delivery. Nothing of it is done. */
export const RuleTrial = z.object({
  /** Null: it matches. Otherwise the first thing that does not. */
  whyNot: z.string().nullable(),
  /** Each target as it would be written, with the pages that it means. */
  targets: z.array(z.object({ text: z.string(), pages: z.number().int(), problem: z.string().nullable() })),
  pages: z.number().int(),
  steps: z.array(z.string()),
  purge: z
    .object({
      items: z.number().int(),
      alsoCold: z.number().int(),
      priceMicroDollars: z.number(),
      allowanceBefore: z.number().nullable(),
      allowanceAtMost: z.boolean(),
    })
    .nullable(),
})
export type RuleTrial = z.infer<typeof RuleTrial>

export const Receiver = z.object({
  /** `off`: nothing would be received, so no port is open. */
  state: z.enum(['off', 'starting', 'listening', 'failed']),
  port: z.number().nullable(),
  /** The address of a tunnel or relay that leads to the port; null: only this machine can deliver. */
  publicUrl: z.string().nullable(),
  keepDays: z.number().int(),
  problem: z.string().nullable(),
  /** All automation stands still: deliveries are stored and wait. */
  paused: z.boolean(),
  /** Deliveries that wait to be worked through, of all sites. */
  waiting: z.number().int(),
})
export type Receiver = z.infer<typeof Receiver>

export const VISIT_MINUTES = [1, 5, 10] as const
/** A page that told of visits lately. `ignored`: no page of the site, or told from a host that is none of its zones. */
export const ToldVisit = z.object({
  host: z.string(),
  path: z.string(),
  atMs: z.number(),
  visits: z.number().int(),
  ignored: z.enum(['unknown-page', 'foreign-site']).nullable(),
})
export type ToldVisit = z.infer<typeof ToldVisit>
export const VisitCheck = z.object({
  enabled: z.boolean(),
  /** A page is reported by one browser, and a visit of it counts, no more often than this. */
  minutes: z.literal(VISIT_MINUTES),
  /** What goes onto the pages; null while it is off or no port is open. */
  snippet: z.string().nullable(),
  pagesSeen: z.number().int(),
  lastAtMs: z.number().nullable(),
  /** The newest first. What is ignored is forgotten when the program ends. */
  lately: z.array(ToldVisit),
})
export type VisitCheck = z.infer<typeof VisitCheck>

const InSite = z.object({ siteId: z.string() })
const BySource = z.object({ sourceId: z.string() })
const ByDelivery = z.object({ deliveryId: z.number().int() })

const PublicUrl = z
  .url({ protocol: /^https?$/, error: 'Not a web address. It must begin with http:// or https://' })
  .refine((text) => !URL.parse(text)?.search && !URL.parse(text)?.hash && !URL.parse(text)?.username, {
    error: 'Give only the address that leads here, without a query, a fragment or a name',
  })
  .transform((text) => text.replace(/\/+$/, ''))

export const hooks = {
  receiver: read.output(Receiver),
  saveReceiver: own
    .input(
      z.object({
        port: z.number().int().min(0).max(65_535),
        publicUrl: PublicUrl.nullable(),
        keepDays: z.number().int().min(1).max(365),
      }),
    )
    .output(Receiver),
  sources: read.input(InSite).output(z.array(HookSource)),
  /** Makes a source. Its address and its secret are told this once. */
  addSource: own
    .input(
      InSite.extend({
        kind: SourceKind,
        name: z.string().trim().min(1, 'Give it a name').max(60),
        settings: SourceSettings,
        /** One that the sender made; null: one is made here. */
        secret: SourceSecret.nullable().default(null),
        /** Begins with the rules that are ready for this kind. */
        withRules: z.boolean().default(true),
      }),
    )
    .output(SourceReveal),
  /** Makes the address and the secret anew; the ones before are refused from then on. */
  rotateSource: own.input(BySource.extend({ secret: SourceSecret.nullable().default(null) })).output(SourceReveal),
  enableSource: act.input(BySource.extend({ enabled: z.boolean() })).output(z.object({ enabled: z.boolean() })),
  removeSource: own.input(BySource).output(z.object({ removed: z.boolean() })),
  /**
   * Lets a source be asked what has changed, and asks it at once: nothing is kept when it refuses. `reading` null: it is
   * asked no more. `token` null keeps the one that is kept.
   */
  saveReading: own
    .input(BySource.extend({ reading: Reading.nullable(), token: ReadingToken.nullable().default(null) }))
    .output(z.object({ reading: ReadingState.nullable() })),
  /** Asks a source now, and answers when it has told everything. */
  askNow: act.input(BySource).output(z.object({ reading: ReadingState })),
  rules: read.input(InSite).output(z.array(RuleInput.safeExtend({ id: z.string() }))),
  saveRule: act.input(InSite.extend({ rule: RuleToSave })).output(z.object({ ruleId: z.string() })),
  removeRule: act.input(z.object({ ruleId: z.string() })).output(z.object({ removed: z.boolean() })),
  /** The newest first; `before` is the id of the last one that was read. */
  deliveries: read
    .input(
      InSite.extend({
        sourceId: z.string().optional(),
        before: z.number().int().nullable().default(null),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ rows: z.array(Delivery), next: z.number().nullable() })),
  /** With its payload, which may hold what is not public yet. */
  delivery: act.input(ByDelivery).output(DeliveryDetail),
  /** Works a delivery through again, with the rules of today. */
  replay: act.input(ByDelivery).output(z.object({ deliveryId: z.number() })),
  tryRule: act.input(ByDelivery.extend({ rule: RuleInput })).output(RuleTrial),
  visitCheck: read.input(InSite).output(VisitCheck),
  saveVisitCheck: own.input(InSite.extend({ enabled: z.boolean(), minutes: z.literal(VISIT_MINUTES) })).output(VisitCheck),
}
