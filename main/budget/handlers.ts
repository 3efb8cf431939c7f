import type { ActivityFacts } from '#shared/activity.ts'
import { BudgetSettings, dollarsText } from '#shared/budget.ts'
import type { Changes } from '#main/platform/changes.ts'
import { os } from '#main/platform/rpc.ts'
import { daysOf } from './days.ts'
import type { Ledger } from './ledger.ts'
import type { PurgeRecords } from './records.ts'
import type { SettingsStore } from './settings.ts'

export interface BudgetWorld {
  readonly ledger: Ledger
  readonly settings: SettingsStore
  readonly records: PurgeRecords
  readonly changes: Changes
  accountOf(siteId: string): Promise<string>
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

export function budgetHandlers(world: BudgetWorld) {
  const { ledger, settings, records, accountOf } = world
  return os.budget.router({
    get: os.budget.get.handler(async ({ input }) => ledger.budget(await accountOf(input.siteId))),
    month: os.budget.month.handler(async ({ input }) => {
      const account = await accountOf(input.siteId)
      const now = ledger.budget(account).month
      const month = input.month ?? now
      const days = daysOf(month, records.counted(account, month), settings.read(account))
      return {
        month,
        days,
        items: days.reduce((sum, day) => sum + day.free + day.charged, 0),
        microDollars: days.reduce((sum, day) => sum + day.microDollars, 0),
        months: [...new Set([now, ...records.months(account)])].sort().reverse(),
      }
    }),
    purges: os.budget.purges.handler(async ({ input }) =>
      records.list(await accountOf(input.siteId), input.month, input.cursor, input.limit),
    ),
    items: os.budget.items.handler(({ input }) => records.items(input.purgeId)),
    save: os.budget.save.handler(async ({ input, context }) => {
      const account = await accountOf(input.siteId)
      const agreed = BudgetSettings.parse(input)
      settings.save(account, agreed, context.person)
      world.changes.tell('budget', 'plans')
      world.note(input.siteId, context.person, `Budget of ${account}: ${inWords(agreed)}`, { kind: 'budget', result: 'done' })
      return ledger.budget(account)
    }),
  })
}

function inWords({ allowance, priceMicroDollars, softLimit }: BudgetSettings): string {
  const asks = softLimit === null ? 'no limit' : `asks above ${softLimit.toLocaleString('en-US')}`
  return `${allowance.toLocaleString('en-US')} items a month free, then ${dollarsText(priceMicroDollars)} each, ${asks}`
}
