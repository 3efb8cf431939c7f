import * as z from 'zod'
import { read } from './calls.ts'

/** What purges may cost. Money is in whole micro-dollars: $0.005 is 5,000. */
export const Budget = z.object({
  unit: z.literal('item'),
  /** Items a month that are free. */
  allowance: z.number().int(),
  priceMicroDollars: z.number().int(),
  scope: z.string(),
  /** The UTC month, `2026-11`. */
  month: z.string(),
  /** Items sent this month, as far as we know. */
  used: z.number().int(),
  /** Items of plans that have started and are not sent yet. */
  reserved: z.number().int(),
  /** False until purges sent by others have been counted too: then "at least". */
  reconciled: z.boolean(),
})
export type Budget = z.infer<typeof Budget>

/** What `items` more cost when `before` were used: free items first. Micro-dollars. */
export function priceOf(items: number, before: number, budget: Pick<Budget, 'allowance' | 'priceMicroDollars'>): number {
  const free = Math.max(0, budget.allowance - before)
  return Math.max(0, items - free) * budget.priceMicroDollars
}

export const budget = {
  get: read.input(z.object({ siteId: z.string() })).output(Budget),
}
