import type { Budget, BudgetDay } from '#shared/budget.ts'
import { after, type Forecast } from '#shared/budget-forecast.ts'

/** What is left of the free items at the end of a day; below zero are those that cost. */
export interface BurnPoint {
  /** Of the month; 0 is its beginning. */
  readonly day: number
  /** Null for days to come. */
  readonly left: number | null
  /** Null for days that are over. */
  readonly expected: number | null
  /** The least and the most that is left in four ends of five. */
  readonly band: readonly [number, number] | null
}

/**
 * The month's burn-down, from its first moment to its end. What is reserved is taken for used from today on.
 * `today`: the day of the month; null when the month is over.
 */
export function burnDown(
  { allowance, used, reserved }: Pick<Budget, 'allowance' | 'used' | 'reserved'>,
  days: readonly BudgetDay[],
  forecast: Forecast | null,
  today: number | null,
): BurnPoint[] {
  const last = today ?? days.length
  const points: BurnPoint[] = [{ day: 0, left: allowance, expected: null, band: null }]
  let left = allowance
  for (const { day, free, charged } of days) {
    left -= free + charged
    if (day <= last) points.push({ day, left, expected: null, band: null })
  }
  if (today === null || forecast?.kind !== 'known') return points
  const taken = used + reserved
  // The rest of today is a part of a day: the line goes on from what is left now.
  const rest = forecast.daysLeft - (days.length - today)
  const at = (day: number, ahead: number): BurnPoint => {
    const { low, expected, high } = after(forecast, taken, Math.max(0, ahead))
    return { day, left: null, expected: allowance - expected, band: [allowance - high, allowance - low] }
  }
  const now = points.at(-1)
  if (now) points[points.length - 1] = { ...now, expected: allowance - taken, band: [allowance - taken, allowance - taken] }
  for (let day = today + 1; day <= days.length; day += 1) points.push(at(day, rest + day - today))
  return points
}
