import { LEAST_DAYS, type Forecast } from '#shared/budget-forecast.ts'
import type { Budget } from '#shared/budget.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'

/** Where the month may end, and from how many days that is known. */
export function bandWords(forecast: Forecast): string {
  if (forecast.kind === 'early')
    return `Too early to tell how the month ends: ${countOf(forecast.daysKnown, 'whole day')} of at least ${LEAST_DAYS} known.`
  const { expected, low, high, daysKnown } = forecast
  return `The month ends at about ${countOf(Math.round(expected), 'item')}, four times in five between ${formatCount(low)} and ${formatCount(high)}, if it goes on as in the last ${countOf(daysKnown, 'day')}.`
}

/** How likely the free items do not last. */
export function chanceWords({ overrunChance, allowance }: Pick<Budget, 'overrunChance' | 'allowance'>): string {
  if (overrunChance === null) return ''
  if (overrunChance === 1) return `It passes the ${formatCount(allowance)} free ones.`
  const percent = Math.round(overrunChance * 100)
  const words = percent < 1 ? 'less than 1 %' : percent > 99 ? 'more than 99 %' : `${percent} %`
  return `The chance that it passes the ${formatCount(allowance)} free ones is ${words}.`
}
