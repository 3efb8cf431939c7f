import * as z from 'zod'

/** How the purges of an account stand on their way to the edge. */
export const LaneReport = z.object({
  waiting: z.object({ people: z.number().int(), automatic: z.number().int() }),
  /** What they wait for, as sentences, the first in line first. */
  waits: z.array(z.object({ says: z.string(), count: z.number().int(), untilMs: z.number().nullable() })),
  /** Of the site's distribution, and how many there may be; null: as many as are sent. */
  inProgress: z.object({
    items: z.number().int(),
    prefixes: z.number().int(),
    atMost: z.object({ items: z.number().int(), prefixes: z.number().int() }).nullable(),
  }),
})
export type LaneReport = z.infer<typeof LaneReport>
