import * as z from 'zod'
import { own, read } from './calls.ts'

/** What an account agreed on with its vendor, and what its owner wants to be asked about. Money is in micro-dollars. */
export const BudgetSettings = z.object({
  /** Items a month that are free. */
  allowance: z
    .int({ error: 'The allowance must be a whole number of items, such as 1000' })
    .min(0, 'The allowance cannot be less than 0 items')
    .max(10_000_000, 'The allowance can be at most 10,000,000 items a month'),
  priceMicroDollars: z
    .int({ error: 'The price must be in dollars with at most six digits after the point, such as 0.005' })
    .min(0, 'The price cannot be less than $0')
    .max(100_000_000, 'The price can be at most $100 an item'),
  /** A plan that passes this many items in a month asks before it starts; null: none does. */
  softLimit: z
    .int({ error: 'The limit must be a whole number of items, such as 800' })
    .min(1, 'The limit must be at least 1 item; leave it empty for none')
    .max(10_000_000, 'The limit can be at most 10,000,000 items a month')
    .nullable(),
})
export type BudgetSettings = z.infer<typeof BudgetSettings>

/** What purges may cost. Money is in whole micro-dollars: $0.005 is 5,000. */
export const Budget = z.object({
  unit: z.literal('item'),
  /** As people know it: CloudFront, Varnish. */
  vendor: z.string(),
  /** False: purges are free at this vendor, and it counts none. */
  charges: z.boolean(),
  ...BudgetSettings.shape,
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

/** The free items that are left before and after `items` more, when `before` were used. */
export function allowanceOf(
  items: number,
  before: number,
  { charges, allowance, reconciled }: Pick<Budget, 'charges' | 'allowance' | 'reconciled'>,
): { allowanceBefore: number | null; allowanceAfter: number | null; allowanceAtMost: boolean } {
  if (!charges) return { allowanceBefore: null, allowanceAfter: null, allowanceAtMost: false }
  return {
    allowanceBefore: Math.max(0, allowance - before),
    allowanceAfter: Math.max(0, allowance - before - items),
    allowanceAtMost: !reconciled,
  }
}

/** Micro-dollars as people write them: "$0.06", "$0.005", "$0.000125". No digit that counts is left out. */
export function dollarsText(microDollars: number): string {
  const digits = Math.max(2, 6 - trailingZeros(microDollars))
  const dollars = microDollars / 1_000_000
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}

function trailingZeros(microDollars: number): number {
  let zeros = 0
  while (zeros < 6 && microDollars % 10 ** (zeros + 1) === 0) zeros += 1
  return zeros
}

/** How far `items` more would pass the soft limit; null when they do not, or when there is none. */
export function passedLimit(
  items: number,
  budget: Pick<Budget, 'softLimit' | 'used' | 'reserved'>,
): { readonly limit: number; readonly after: number } | null {
  const after = budget.used + budget.reserved + items
  return budget.softLimit !== null && items > 0 && after > budget.softLimit ? { limit: budget.softLimit, after } : null
}

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'A month is written as 2026-11')

/** What the items of one UTC day were: the first of a month are free. */
export const BudgetDay = z.object({
  /** Of the month, from 1. */
  day: z.number().int(),
  free: z.number().int(),
  charged: z.number().int(),
  microDollars: z.number().int(),
})
export type BudgetDay = z.infer<typeof BudgetDay>

export const PURGE_STATES = ['intent', 'sent', 'completed', 'refused'] as const

/** One invalidation: a request to the edge, whoever it was for. */
export const PurgeRecord = z.object({
  id: z.string(),
  atMs: z.number(),
  siteId: z.string(),
  /** Null when the site has been removed. */
  siteName: z.string().nullable(),
  by: z.string(),
  /** Null when its plan is gone with its site. */
  plan: z.object({ id: z.string(), title: z.string() }).nullable(),
  itemCount: z.number().int(),
  /** `intent`: being sent. */
  state: z.enum(PURGE_STATES),
  problem: z.string().nullable(),
  /** The UTC month it counts in. */
  month: z.string(),
  /** Of its items, those beyond the month's allowance; null while nothing has been counted. */
  chargedItems: z.number().int().nullable(),
  microDollars: z.number().int().nullable(),
})
export type PurgeRecord = z.infer<typeof PurgeRecord>

const InSite = z.object({ siteId: z.string() })

/** Every call is about the account that the site's purges are charged to. */
export const budget = {
  get: read.input(InSite).output(Budget),
  /** A month by days, the days without purges too, and the months that have any, the newest first. */
  month: read.input(InSite.extend({ month: Month.nullable().default(null) })).output(
    z.object({
      month: z.string(),
      days: z.array(BudgetDay),
      items: z.number().int(),
      microDollars: z.number().int(),
      months: z.array(z.string()),
    }),
  ),
  /** Every invalidation, the newest first. */
  purges: read
    .input(
      InSite.extend({
        month: Month.nullable().default(null),
        cursor: z.string().max(200).nullable().default(null),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ rows: z.array(PurgeRecord), nextCursor: z.string().nullable() })),
  /** The items of one invalidation, as they were sent. */
  items: read.input(z.object({ purgeId: z.string() })).output(z.array(z.string())),
  save: own.input(InSite.extend(BudgetSettings.shape)).output(Budget),
}
