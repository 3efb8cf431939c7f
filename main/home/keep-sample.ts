import type { FreshnessGroups } from '#shared/home.ts'
import type { Raw } from '#main/platform/database.ts'
import type { PageGroup } from './page-groups.ts'

export interface SampleInput {
  readonly siteId: string
  readonly nowMs: number
}

/** A sample like the one before is left out, but for one now and then that says that somebody was looking. */
export const HEARTBEAT_MS = 15 * 60_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Samples older than the first are kept one for the second: the last of it. */
const THINNED = [
  { olderThanMs: 2 * HOUR_MS, oneForMs: MINUTE_MS },
  { olderThanMs: 2 * DAY_MS, oneForMs: HOUR_MS },
] as const
const KEPT_MS = 90 * DAY_MS

/** Keeps how a site's pages stand when that is news. Returns how many pages there are. */
export function keepSample(raw: Raw, { siteId, nowMs }: SampleInput, found: readonly PageGroup[]): number {
  const groups = merged(found)
  const counts = JSON.stringify(groups)
  const last = raw
    .prepare<[string], { at: number; counts_json: string }>(
      'SELECT at, counts_json FROM freshness_samples WHERE site_id = ? ORDER BY at DESC LIMIT 1',
    )
    .get(siteId)
  // A clock that was set back must not write into the past.
  const news = last === undefined || (nowMs > last.at && (last.counts_json !== counts || nowMs - last.at >= HEARTBEAT_MS))
  if (news && groups.length > 0) {
    raw
      .transaction(() => {
        raw.prepare('INSERT INTO freshness_samples (site_id, at, counts_json) VALUES (?, ?, ?)').run(siteId, nowMs, counts)
        thin(raw, siteId, nowMs)
      })
      .immediate()
  }
  return groups.reduce((sum, { pages }) => sum + pages, 0)
}

function thin(raw: Raw, siteId: string, nowMs: number): void {
  raw.prepare('DELETE FROM freshness_samples WHERE site_id = ? AND at < ?').run(siteId, nowMs - KEPT_MS)
  const olderTwin = raw.prepare(`DELETE FROM freshness_samples WHERE site_id = @siteId AND at < @before AND EXISTS (
    SELECT 1 FROM freshness_samples AS later WHERE later.site_id = @siteId
    AND later.at > freshness_samples.at AND later.at < (freshness_samples.at / CAST(@oneFor AS INTEGER) + 1) * @oneFor)`)
  for (const { olderThanMs, oneForMs } of THINNED) olderTwin.run({ siteId, before: nowMs - olderThanMs, oneFor: oneForMs })
}

/** Samples do not tell the edge locations apart. */
function merged(found: readonly PageGroup[]): FreshnessGroups {
  const byWord = Map.groupBy(found, (group) => `${group.word} ${group.proven}`)
  return [...byWord]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, all]) => {
      const first = all[0]
      const pages = all.reduce((sum, group) => sum + group.pages, 0)
      return first ? [{ word: first.word, proven: first.proven, pages }] : []
    })
}
