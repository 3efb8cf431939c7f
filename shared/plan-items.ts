import * as z from 'zod'

export const PlanItem = z.object({
  item: z.string(),
  kind: z.enum(['path', 'prefix', 'tag']),
  pages: z.number(),
  /** Cached pages it purges that did not need it, in every zone. */
  alsoCold: z.number(),
  /** What rendering those again costs. */
  refillMicroDollars: z.number().default(0),
  /** What it stands for, as a sentence. */
  why: z.string().default(''),
  /** Of an item that ends in *: pages listed below it, those never checked, and about how many are in no list. */
  risk: z.object({ listed: z.number(), neverChecked: z.number(), unlisted: z.number() }).nullable().default(null),
  /** What the check found of the pages that it reaches; missing before, and where none of them was checked. */
  verdict: z.object({ ok: z.boolean(), says: z.string() }).optional(),
})
export type PlanItem = z.infer<typeof PlanItem>

/** A page that an item reaches, as it stands now. */
export const ItemPage = z.object({
  pageId: z.number(),
  path: z.string(),
  zoneHost: z.string(),
  /** Of another site on the same distribution; null for this one. */
  siteName: z.string().nullable(),
  /** It must go; the others go cold, where the edge holds them. */
  wanted: z.boolean(),
  held: z.boolean(),
})
export type ItemPage = z.infer<typeof ItemPage>

/** What making other pages cold costs: renders and fetches by the next visitors. Durations in milliseconds. */
export const Refill = z.object({
  pages: z.number(),
  /** Of these, those that are rendered when they are asked for. */
  renders: z.number(),
  /** How long one takes, where it was measured. */
  meanMs: z.number().nullable(),
  microDollars: z.number(),
})
export type Refill = z.infer<typeof Refill>
