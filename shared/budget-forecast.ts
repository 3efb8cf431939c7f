import * as z from 'zod'

/** Days that must be known before anything is said about the rest of the month. */
export const LEAST_DAYS = 7

/** How a month may end. Items are whole; the band holds the end of four months in five. */
export const Forecast = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('early'), daysKnown: z.number().int() }),
  z.object({
    kind: z.literal('known'),
    daysKnown: z.number().int(),
    /** Items a day, and how far a day usually lies from it (standard deviation). */
    perDay: z.number(),
    spread: z.number(),
    /** Of the month, with the rest of today as a part. */
    daysLeft: z.number(),
    /** Items at the month's end: what was used and what is reserved is in them. */
    expected: z.number().int(),
    low: z.number().int(),
    high: z.number().int(),
  }),
])
export type Forecast = z.infer<typeof Forecast>
export type KnownForecast = Extract<Forecast, { kind: 'known' }>

/** Four ends in five lie within so many standard deviations of the expected one (normal distribution, 10 % and 90 %). */
const BAND = 1.2816

/**
 * The month's end from the days that are known: each further day is expected to be their mean. The band is the usual
 * prediction interval for a sum of days: it has the days' own spread, and that of a mean that rests on few days.
 *
 * @param days items of whole days, of this month and the ones before.
 * @param taken items that are used or reserved already.
 * @param daysLeft of the month, with the rest of today as a part of a day.
 */
export function forecastMonth(days: readonly number[], taken: number, daysLeft: number): Forecast {
  const daysKnown = days.length
  if (daysKnown < LEAST_DAYS) return { kind: 'early', daysKnown }
  const perDay = days.reduce((sum, items) => sum + items, 0) / daysKnown
  const spread = Math.sqrt(days.reduce((sum, items) => sum + (items - perDay) ** 2, 0) / (daysKnown - 1))
  const left = Math.max(0, daysLeft)
  const { low, expected, high } = after({ perDay, spread, daysKnown }, taken, left)
  return { kind: 'known', daysKnown, perDay, spread, daysLeft: left, expected, low, high }
}

/** What is used after `days` more, with the band. Never less than what is taken already. */
export function after(
  { perDay, spread, daysKnown }: Pick<KnownForecast, 'perDay' | 'spread' | 'daysKnown'>,
  taken: number,
  days: number,
): { readonly low: number; readonly expected: number; readonly high: number } {
  const expected = taken + perDay * days
  const reach = BAND * deviation(spread, daysKnown, days)
  return {
    low: Math.round(Math.max(taken, expected - reach)),
    expected: Math.round(expected),
    high: Math.round(expected + reach),
  }
}

/**
 * The chance that the month ends above the allowance, from 0 to 1; null while it is too early to tell. What comes is taken
 * for normally distributed around what is expected. One input, one answer: a plan's shadow price rests on it.
 */
export function overrunChance(forecast: Forecast, taken: number, allowance: number): number | null {
  if (taken > allowance) return 1
  if (forecast.kind === 'early') return null
  const { perDay, spread, daysKnown, daysLeft } = forecast
  const room = allowance - taken - perDay * daysLeft
  const sigma = deviation(spread, daysKnown, daysLeft)
  if (sigma === 0) return room < 0 ? 1 : 0
  // Half an item more: whole items are counted, and the allowance itself is still free.
  return 1 - normal((room + 0.5) / sigma)
}

function deviation(spread: number, daysKnown: number, days: number): number {
  return spread * Math.sqrt(days + days ** 2 / daysKnown)
}

/** The standard normal distribution up to `x`; Abramowitz and Stegun 26.2.17, right to seven digits. */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const beyond = Math.min(1, Math.max(0, (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial))
  return x >= 0 ? 1 - beyond : beyond
}
