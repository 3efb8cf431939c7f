import * as z from 'zod'

/** How far the purges that others sent with an account are known. Instants are Unix milliseconds. */
export const AccountReading = z.object({
  /** Whether it is read at this moment. */
  running: z.boolean(),
  /** Of the last reading that missed nothing; null when there was none. */
  completedAtMs: z.number().nullable(),
  /** Why the last reading missed something, as a sentence, and what to do; null when it did not. */
  problem: z.object({ message: z.string(), fix: z.string().nullable(), atMs: z.number() }).nullable(),
  distributions: z.number().int(),
  /** Items of this month that were sent outside Frostline, and by other Frostlines. */
  outside: z.number().int(),
  elsewhere: z.number().int(),
})
export type AccountReading = z.infer<typeof AccountReading>

export const SPEND_BY = ['site', 'tag', 'person', 'reason'] as const
export type SpendBy = (typeof SPEND_BY)[number]

/** A share of a month's items. */
export const Spend = z.object({
  /** What filters the ledger to it. */
  key: z.string(),
  label: z.string(),
  items: z.number().int(),
  microDollars: z.number().int(),
  source: z.enum(['here', 'elsewhere', 'outside']),
})
export type Spend = z.infer<typeof Spend>
