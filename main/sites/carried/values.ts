import type { BudgetSettings, SiteLimits } from '#shared/budget.ts'
import { dollarsText } from '#shared/budget.ts'
import type { BuildSchedule, BuildSettings } from '#shared/build-queue.ts'
import type { VisitCheck } from '#shared/hooks.ts'
import type { CheckSchedule, CheckSettings } from '#shared/inspection-runs.ts'
import type { PageRules } from '#shared/page-identity.ts'
import type { ExportedSite } from '#shared/settings-file.ts'
import { differences, type Facts } from '../facts.ts'
import { oneValue, type CarriedPart } from './part.ts'

interface Kept<T> {
  read(key: string): T
  save(key: string, value: T, by: string): void | Promise<void>
}
type KeptVisitCheck = Pick<VisitCheck, 'enabled' | 'minutes'>

/** Where what is one value for a site is kept. */
export interface ValueStores {
  /** `check` throws while pages may not change their addresses. */
  readonly pageRules: Kept<PageRules> & { check(siteId: string): void }
  readonly limits: Kept<SiteLimits>
  readonly checks: Kept<CheckSettings>
  readonly builds: Kept<BuildSettings>
  readonly visitCheck: Kept<KeptVisitCheck>
  /** By the account. `said`: null while its owner has agreed on nothing. */
  readonly budget: Kept<BudgetSettings> & { said(account: string): BudgetSettings | null }
  /** Throws `BAD_INPUT` for a time that never comes. */
  checkSchedule(schedule: CheckSchedule): void
  /** The account that purges of the site are, or would be, charged to. */
  accountOf(site: ExportedSite, siteId: string | null): string
  accountOfSite(siteId: string): string
}

export function valueParts(stores: ValueStores): CarriedPart[] {
  const { pageRules, limits, checks, builds, visitCheck } = stores
  return [
    // First: another use of the site's pages refuses it.
    oneValue<PageRules>({
      ...pageRules,
      field: 'pageRules',
      of: (site) => site.pageRules,
      as: (value) => ({ pageRules: value }),
      say: (before, after) =>
        differences(rulesFacts(before), rulesFacts(after)).map(
          (change) => `${change}; pages whose addresses become the same become one`,
        ),
      check: (_value, siteId) => siteId !== null && pageRules.check(siteId),
    }),
    oneValue<SiteLimits>({
      ...limits,
      field: 'limits',
      of: (site) => site.limits,
      as: (value) => ({ limits: value }),
      say: (before, after) => differences(limitFacts(before), limitFacts(after)),
    }),
    oneValue<CheckSettings>({
      ...checks,
      field: 'checks',
      of: (site) => site.checks,
      as: (value) => ({ checks: value }),
      say: (before, after) => differences(checkFacts(before), checkFacts(after)),
      check: ({ schedule }) => stores.checkSchedule(schedule),
    }),
    oneValue<BuildSettings>({
      ...builds,
      field: 'builds',
      of: (site) => site.builds,
      as: (value) => ({ builds: value }),
      say: (before, after) => differences(buildFacts(before), buildFacts(after)),
      check: ({ schedule }) => stores.checkSchedule(schedule),
    }),
    oneValue<KeptVisitCheck>({
      ...visitCheck,
      field: 'visitCheck',
      of: (site) => site.visitCheck,
      as: (value) => ({ visitCheck: value }),
      say: (before, after) => differences(visitFacts(before), visitFacts(after)),
    }),
    // The account's, so it counts for every other site of the account as well.
    oneValue<BudgetSettings>({
      ...stores.budget,
      key: { of: stores.accountOfSite, toCome: stores.accountOf },
      field: 'budget',
      of: (site) => site.budget,
      as: (value) => ({ budget: value }),
      say: (before, after) => differences(budgetFacts(before), budgetFacts(after)),
    }),
  ]
}

const items = (limit: number | null) => ({ shown: limit === null ? 'none' : limit.toLocaleString('en-US') })
const every = (minutes: number) => `every ${minutes} min`

function scheduleWords(schedule: CheckSchedule | BuildSchedule): string {
  if (schedule.kind === 'off') return 'off'
  const when = schedule.kind === 'every' ? every(schedule.minutes) : `at ${schedule.cron} (${schedule.timeZone})`
  return 'onlyIfChanged' in schedule && schedule.onlyIfChanged ? `${when}, only after a change` : when
}

const rulesFacts = (rules: PageRules): Facts => ({ 'rules of page addresses': { shown: 'set', whole: rules } })

const limitFacts = ({ softLimit, hardStop }: SiteLimits): Facts => ({
  'limit of this site': items(softLimit),
  'hard stop of this site': items(hardStop),
})

const checkFacts = ({ parallel, perSecond, rendersAtMost, schedule }: CheckSettings): Facts => ({
  'checked by itself': { shown: scheduleWords(schedule) },
  'requests at a time': { shown: String(parallel) },
  'requests a second': { shown: perSecond === null ? 'any' : String(perSecond) },
  'renders of a check at most': { shown: String(rendersAtMost) },
})

const buildFacts = ({ quietSeconds, longestSeconds, schedule }: BuildSettings): Facts => ({
  'built by itself': { shown: scheduleWords(schedule) },
  'a build waits for quiet': { shown: `${quietSeconds} s` },
  'a build waits at most': { shown: `${longestSeconds} s` },
})

const visitFacts = ({ enabled, minutes }: KeptVisitCheck): Facts => ({
  'visit check': { shown: enabled ? 'on' : 'off' },
  'a visit counts once in': { shown: `${minutes} min` },
})

const budgetFacts = (budget: BudgetSettings): Facts => ({
  'free items of the account': items(budget.allowance),
  'price of an item': { shown: dollarsText(budget.priceMicroDollars) },
  'limit of the account': items(budget.softLimit),
  'hard stop of the account': items(budget.hardStop),
  'kept for incidents': items(budget.incidentReserve),
  'price of a render': { shown: dollarsText(budget.refillMicroDollars) },
})
