import type { Raw } from '#main/platform/database.ts'
import type { LoadedPage } from './load-pages.ts'
import type { SharingSite } from './sharing-sites.ts'

/** One odd measurement must not decide a plan. */
const LEAST_WEIGHT = 0.25
const MOST_WEIGHT = 4

/**
 * What each page costs when it goes cold, in micro-dollars. One that takes twice as long to render as the others costs twice
 * as much, and so does one that is visited twice as often; what was never measured counts like the others.
 */
export function refillCosts(
  pages: readonly LoadedPage[],
  microDollars: number,
  visitsOf: ReadonlyMap<number, number>,
): Float64Array {
  const costs = new Float64Array(pages.length).fill(microDollars)
  weigh(costs, pages, ({ durationMs }) => durationMs)
  if (visitsOf.size > 0) weigh(costs, pages, ({ id }) => visitsOf.get(id) ?? 0)
  return costs
}

/** Visits that pages have told of, by page. */
export function readVisits(raw: Raw, sites: readonly SharingSite[]): ReadonlyMap<number, number> {
  const rows = raw
    .prepare<[string], { id: number; visits: number }>(
      `SELECT page_visits.page_id AS id, page_visits.visits AS visits FROM page_visits JOIN pages ON pages.id = page_visits.page_id
       WHERE pages.site_id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(sites.map(({ id }) => id)))
  return new Map(rows.map(({ id, visits }) => [id, visits]))
}

/** Multiplies each cost by its page's share of the mean; 0 is not measured. */
function weigh(costs: Float64Array, pages: readonly LoadedPage[], measure: (page: LoadedPage) => number): void {
  let [sum, measured] = [0, 0]
  for (const page of pages) {
    const value = measure(page)
    if (value === 0) continue
    sum += value
    measured++
  }
  if (measured < 2) return
  const mean = sum / measured
  for (const [at, page] of pages.entries()) {
    const value = measure(page)
    if (value > 0) costs[at] = Math.round(costs[at]! * Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, value / mean)))
  }
}
