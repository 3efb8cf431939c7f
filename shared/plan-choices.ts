import * as z from 'zod'

/** What can be done with a page of a plan: purge it now, when somebody visits it, or never: its copy expires by itself. */
export const WHEN = ['now', 'when-visited', 'expire'] as const
export const When = z.enum(WHEN)
export type When = z.infer<typeof When>

/** A choice for some pages of a plan; without pages and class it is for all. A later one counts more. */
export const WhenChoice = z.object({
  choice: When,
  pageIds: z.array(z.number().int()).min(1, 'Select at least one page').max(100_000).optional(),
  tagClass: z.string().min(1).max(256).optional(),
})
export type WhenChoice = z.infer<typeof WhenChoice>

/** Purging on visits costs up to one item a page, so it needs an end in both ways. */
export const VisitLimits = z.object({
  mostItems: z
    .int({ error: 'The most items must be a whole number, such as 100' })
    .min(1, 'At least 1 item, or choose to let the pages expire')
    .max(100_000, 'At most 100,000 items'),
  /** From the start of the plan; then the rest is purged. */
  lastsSeconds: z.int().min(60, 'At least a minute').max(7_776_000, 'At most 90 days'),
})
export type VisitLimits = z.infer<typeof VisitLimits>

export const USUAL_VISIT_LIMITS: VisitLimits = { mostItems: 100, lastsSeconds: 604_800 }

/** What a choice comes to for some pages. Money in micro-dollars. */
export const WhenOffer = z.object({
  pages: z.number(),
  itemsAtMost: z.number(),
  /** What the visits that are known let expect; null when none is known, or nothing has to be expected. */
  likelyItems: z.number().nullable(),
  /** Of all items at most, after those that the plan sends now. */
  priceMicroDollars: z.number(),
  alsoCold: z.number(),
  /** When the last of the copies expires by itself; null when that is known of none. */
  lastExpiresAtMs: z.number().nullable(),
  /** Pages of which nobody knows when they expire. */
  unknownPages: z.number(),
})
export type WhenOffer = z.infer<typeof WhenOffer>

const Offers = z.object({ now: WhenOffer, 'when-visited': WhenOffer, expire: WhenOffer })
export type WhenOffers = z.infer<typeof Offers>

export const PlanWhen = z.object({
  /** Pages of which it can be chosen. */
  pages: z.number(),
  visits: VisitLimits,
  /** What was chosen last, in words; null: nothing was. It can be undone. */
  last: z.string().nullable(),
  /** Each choice for the pages that it was made for. */
  chosen: Offers,
  /** Each choice as if it was made for all of them. */
  ifAll: Offers,
  /** The tag classes of these pages, the commonest first. */
  classes: z.array(z.object({ tagClass: z.string(), pages: z.number(), choice: z.union([When, z.literal('mixed')]) })),
})
export type PlanWhen = z.infer<typeof PlanWhen>

/**
 * Items that visits and their end can cost at most: one for each visited page under the cap, and for the rest no more than
 * purging all of them takes.
 */
export function visitItemsAtMost(pages: number, mostItems: number, nowItems: number): number {
  const visited = Math.min(pages, mostItems)
  return visited + Math.min(nowItems, pages - visited)
}

/** What the choices save against purging all now, in items: at least, since pages may be visited; below 0 they cost more. */
export function itemsSaved({ ifAll, chosen }: Pick<PlanWhen, 'ifAll' | 'chosen'>): { atLeast: number; now: number } {
  const now = ifAll.now.itemsAtMost - chosen.now.itemsAtMost
  return { now, atLeast: now - chosen['when-visited'].itemsAtMost }
}
