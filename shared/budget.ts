import * as z from 'zod'
import { AccountReading, Spend, SPEND_BY } from './budget-account.ts'
import { Forecast } from './budget-forecast.ts'
import { act, own, read } from './calls.ts'

const limitOf = (name: string) =>
  z
    .int({ error: `The ${name} must be a whole number of items, such as 800` })
    .min(1, `The ${name} must be at least 1 item; leave it empty for none`)
    .max(10_000_000, `The ${name} can be at most 10,000,000 items a month`)
    .nullable()

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
  softLimit: limitOf('limit'),
  /** No plan passes this many items in a month, unless the owner says why; null: there is none. */
  hardStop: limitOf('hard stop').default(null),
  /** Of the free items, those that nothing automatic may use. */
  incidentReserve: z
    .int({ error: 'The items kept for incidents must be a whole number, such as 100' })
    .min(0, 'The items kept for incidents cannot be less than 0')
    .max(10_000_000, 'The items kept for incidents can be at most 10,000,000')
    .default(0),
  /** What rendering a page once more costs, or fetching it; it is weighed against items. */
  refillMicroDollars: z
    .int({ error: 'The price of a render must be in dollars with at most six digits after the point, such as 0.0006' })
    .min(0, 'The price of a render cannot be less than $0')
    .max(100_000_000, 'The price of a render can be at most $100')
    .default(600),
})
export type BudgetSettings = z.infer<typeof BudgetSettings>

/** The same limits for one site alone; null: none. */
export const SiteLimits = z.object({ softLimit: limitOf('limit'), hardStop: limitOf('hard stop') })
export type SiteLimits = z.infer<typeof SiteLimits>

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
  /** The chance that the month ends above the allowance, from 0 to 1; null while it is too early to tell. */
  overrunChance: z.number().nullable(),
  /** The part of the site that was asked about; null when none was. */
  site: z.object({ used: z.number().int(), reserved: z.number().int(), ...SiteLimits.shape }).nullable(),
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

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'A month is written as 2026-11')

/** What the items of one UTC day were: the first of a month are free. */
export const BudgetDay = z.object({
  /** Of the month, from 1. */
  day: z.number().int(),
  free: z.number().int(),
  charged: z.number().int(),
  microDollars: z.number().int(),
  /** Of all of them, those that another Frostline sent, and those that were sent outside Frostline. */
  elsewhere: z.number().int(),
  outside: z.number().int(),
})
export type BudgetDay = z.infer<typeof BudgetDay>

/** Whose a purge is: this Frostline's, another's (its reference says so), or somebody else's. */
export const PURGE_SOURCES = ['here', 'elsewhere', 'outside'] as const
export type PurgeSource = (typeof PURGE_SOURCES)[number]

export const PURGE_STATES = ['intent', 'sent', 'completed', 'refused', 'covered'] as const

/** One invalidation: a request to the edge, whoever it was for. */
export const PurgeRecord = z.object({
  id: z.string(),
  atMs: z.number(),
  source: z.enum(PURGE_SOURCES),
  /** The distribution it was sent to; null for our own, which tell their site. */
  distributionId: z.string().nullable(),
  /** False when the vendor told no date: then it stands where it was listed. */
  dated: z.boolean(),
  /** Null for what others sent to a distribution of no site here. */
  siteId: z.string().nullable(),
  /** Null when the site has been removed, or is none of ours. */
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

/** Which purges of the ledger are shown. A key is one of `Spend`. */
export const LedgerFilter = z.object({ by: z.enum(SPEND_BY), key: z.string().max(400) })
export type LedgerFilter = z.infer<typeof LedgerFilter>

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
      /** Items more that the same pages would have taken one by one, and what those would have cost more. */
      saved: z.object({ items: z.number().int(), microDollars: z.number().int() }),
      /** Null for months that are over. */
      forecast: Forecast.nullable(),
    }),
  ),
  /** Who and what the items of a month were for, the most first. */
  spend: read.input(InSite.extend({ month: Month, by: z.enum(SPEND_BY) })).output(z.array(Spend)),
  /** What is known of purges that others sent, and how far. */
  reading: read.input(InSite).output(AccountReading),
  /** Reads the account now, as a job. One that runs already is shown instead. */
  reconcile: act.input(InSite).output(z.object({ jobId: z.string() })),
  /** Every invalidation, the newest first. */
  purges: read
    .input(
      InSite.extend({
        month: Month.nullable().default(null),
        filter: LedgerFilter.nullable().default(null),
        cursor: z.string().max(200).nullable().default(null),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ rows: z.array(PurgeRecord), nextCursor: z.string().nullable() })),
  /** The items of one invalidation, as they were sent. */
  items: read.input(z.object({ purgeId: z.string() })).output(z.array(z.string())),
  save: own.input(InSite.extend(BudgetSettings.shape)).output(Budget),
  /** Limits of this site alone, beside those of its account. */
  saveSite: own.input(InSite.extend(SiteLimits.shape)).output(Budget),
}
