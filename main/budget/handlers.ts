import { countOf } from '#shared/count-of.ts'
import type { ActivityFacts } from '#shared/activity.ts'
import { BudgetSettings, dollarsText, priceOf, SiteLimits } from '#shared/budget.ts'
import { AppError } from '#shared/errors.ts'
import type { Changes } from '#main/platform/changes.ts'
import { os } from '#main/platform/rpc.ts'
import { daysOf } from './days.ts'
import type { Ledger } from './ledger.ts'
import type { PastDays } from './past-days.ts'
import type { Reconciler } from './reconciler.ts'
import type { PurgeRecords } from './records.ts'
import type { SettingsStore } from './settings.ts'
import type { Spending } from './spend.ts'

export interface BudgetWorld {
  readonly ledger: Ledger
  readonly settings: SettingsStore
  readonly records: PurgeRecords
  readonly spending: Spending
  readonly pastDays: PastDays
  readonly reconciler: Reconciler
  readonly changes: Changes
  accountOf(siteId: string): Promise<string>
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

export function budgetHandlers(world: BudgetWorld) {
  const { ledger, settings, records, reconciler, accountOf } = world
  const saved = (siteId: string, by: string, text: string) => {
    world.changes.tell('budget', 'plans')
    world.note(siteId, by, text, { kind: 'budget', result: 'done' })
  }
  return os.budget.router({
    get: os.budget.get.handler(async ({ input }) => {
      const account = await accountOf(input.siteId)
      reconciler.touch(account)
      return ledger.budget(account, input.siteId)
    }),
    month: os.budget.month.handler(async ({ input }) => {
      const account = await accountOf(input.siteId)
      const agreed = settings.read(account)
      const { month: now, used, reserved } = ledger.budget(account)
      const month = input.month ?? now
      const days = daysOf(month, records.counted(account, month), agreed)
      const items = days.reduce((sum, day) => sum + day.free + day.charged, 0)
      const more = records.savedItems(account, month)
      return {
        month,
        days,
        items,
        microDollars: days.reduce((sum, day) => sum + day.microDollars, 0),
        months: [...new Set([now, ...records.months(account)])].sort().reverse(),
        saved: { items: more, microDollars: priceOf(more, items, agreed) },
        forecast: month === now ? world.pastDays.forecast(account, used + reserved) : null,
      }
    }),
    spend: os.budget.spend.handler(async ({ input }) => world.spending.of(await accountOf(input.siteId), input.month, input.by)),
    purges: os.budget.purges.handler(async ({ input }) => records.list(await accountOf(input.siteId), input)),
    items: os.budget.items.handler(({ input }) => records.items(input.purgeId)),
    reading: os.budget.reading.handler(async ({ input }) => reconciler.reading(await accountOf(input.siteId))),
    reconcile: os.budget.reconcile.handler(async ({ input }) => reconciler.now(await accountOf(input.siteId), input.siteId)),
    save: os.budget.save.handler(async ({ input, context }) => {
      const account = await accountOf(input.siteId)
      const agreed = BudgetSettings.parse(input)
      mustAgree(agreed)
      settings.save(account, agreed, context.person)
      saved(input.siteId, context.person, `Budget of ${account}: ${inWords(agreed)}`)
      return ledger.budget(account, input.siteId)
    }),
    saveSite: os.budget.saveSite.handler(async ({ input, context }) => {
      const account = await accountOf(input.siteId)
      const limits = SiteLimits.parse(input)
      mustAgree(limits)
      settings.saveSite(input.siteId, limits, context.person)
      saved(input.siteId, context.person, `Limits of this site: ${limitsInWords(limits)}`)
      return ledger.budget(account, input.siteId)
    }),
  })
}

/** A stop below the limit that asks would leave nothing to ask about. */
function mustAgree({ softLimit, hardStop }: SiteLimits): void {
  if (softLimit === null || hardStop === null || hardStop >= softLimit) return
  throw new AppError('BAD_INPUT', 'The hard stop cannot be below the limit that asks', { field: 'hardStop' })
}

function inWords({ allowance, priceMicroDollars, incidentReserve, refillMicroDollars, ...limits }: BudgetSettings): string {
  const kept = incidentReserve > 0 ? `, ${incidentReserve.toLocaleString('en-US')} kept for incidents` : ''
  return `${countOf(allowance, 'item')} a month free${kept}, then ${dollarsText(priceMicroDollars)} each, a render ${dollarsText(refillMicroDollars)}, ${limitsInWords(limits)}`
}

function limitsInWords({ softLimit, hardStop }: SiteLimits): string {
  const asks = softLimit === null ? 'no limit' : `asks above ${softLimit.toLocaleString('en-US')}`
  return hardStop === null ? asks : `${asks}, stops at ${hardStop.toLocaleString('en-US')}`
}
