import type { Raw } from '#main/platform/database.ts'
import type { RemoteBuild } from '#main/providers/builder.ts'

const MEASURED = 9

/** How long the last builds and purges of a site took. Milliseconds. */
export function typicalTimes(db: Raw, siteId: string): { buildsMs: number[]; purgesMs: number[] } {
  const builds = db
    .prepare<[string], { remote_json: string }>(
      `SELECT remote_json FROM builds WHERE site_id = ? AND state = 'succeeded' ORDER BY queued_at DESC LIMIT ${MEASURED}`,
    )
    .all(siteId)
    // We wrote this JSON ourselves from a parsed answer.
    .map((row) => JSON.parse(row.remote_json) as RemoteBuild)
  const purges = db
    .prepare<[string], { took: number }>(
      `SELECT completed_at - intent_at AS took FROM purges WHERE site_id = ? AND state = 'completed'
       AND account = (SELECT settings_json ->> '$.edge.account' FROM sites WHERE id = purges.site_id)
       ORDER BY intent_at DESC LIMIT ${MEASURED}`,
    )
    .all(siteId)
  return {
    buildsMs: builds.flatMap(({ startedAtMs, endedAtMs }) =>
      startedAtMs === null || endedAtMs === null ? [] : [endedAtMs - startedAtMs],
    ),
    purgesMs: purges.map(({ took }) => took),
  }
}

/** The middle one, which one odd value does not move; null without any. */
export function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null
}
