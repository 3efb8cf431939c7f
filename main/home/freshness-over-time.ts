import { FreshnessGroups, type FreshnessOverTime } from '#shared/home.ts'
import type { Query } from '#main/platform/database.ts'
import { HEARTBEAT_MS } from './keep-sample.ts'

const HOUR_MS = 3_600_000
/** More points than these are not told apart on a screen. */
const POINTS = 300

/** The samples of the last hours, thinned to the last of each of some hundred stretches, and the one before them. */
export async function readFreshnessOverTime(
  db: Query,
  input: { readonly siteId: string; readonly hours: number },
  nowMs: number,
): Promise<FreshnessOverTime> {
  const fromMs = nowMs - input.hours * HOUR_MS
  const ofSite = db.selectFrom('freshness_samples').where('site_id', '=', input.siteId)
  const [first, before, rows] = await Promise.all([
    ofSite.select('at').orderBy('at').limit(1).executeTakeFirst(),
    ofSite.selectAll().where('at', '<', fromMs).orderBy('at', 'desc').limit(1).executeTakeFirst(),
    ofSite.selectAll().where('at', '>=', fromMs).orderBy('at').execute(),
  ])
  const stretchMs = (input.hours * HOUR_MS) / POINTS
  const shown = rows.filter((row, at) => {
    const next = rows[at + 1]
    return next === undefined || Math.floor(next.at / stretchMs) !== Math.floor(row.at / stretchMs)
  })
  return {
    nowMs,
    sinceMs: first?.at ?? null,
    samples: [...(before ? [before] : []), ...shown].map((row) => ({
      atMs: row.at,
      groups: FreshnessGroups.parse(JSON.parse(row.counts_json)),
    })),
    // Old samples are kept by the hour, so only a longer silence is one.
    gapMs: input.hours > 48 ? 2 * HOUR_MS + HEARTBEAT_MS : 2 * HEARTBEAT_MS + stretchMs,
  }
}
