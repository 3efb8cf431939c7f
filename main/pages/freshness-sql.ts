import { sql, type RawBuilder } from 'kysely'
import { OBSERVATION_TRUST_MS, type ContentFact, type FreshnessWord, type TimeFact } from '#shared/http-cache/freshness.ts'

/**
 * The classification of `shared/http-cache/freshness.ts` as SQL over the columns of `pages`, at `nowMs`. A property test
 * holds the two equal. The table must be in scope as `pages`.
 */
export interface FreshnessSql {
  readonly time: RawBuilder<TimeFact | null>
  readonly content: RawBuilder<ContentFact>
  readonly word: RawBuilder<FreshnessWord>
}

export function freshnessSql(nowMs: number): FreshnessSql {
  const now = sql.lit(Math.trunc(nowMs))
  const time = sql<TimeFact | null>`CASE
    WHEN pages.observed_at IS NULL THEN NULL
    WHEN pages.purged_at > pages.observed_at THEN 'absent'
    WHEN pages.stored = 'asks-always' THEN 'asks-always'
    WHEN pages.stored IS NOT 'stored' THEN 'absent'
    WHEN ${now} < pages.fresh_until THEN 'in-date'
    WHEN ${now} < pages.stale_until THEN 'stale-allowed'
    ELSE 'past' END`
  const pending = sql`(pages.renders_on_demand = 0 AND (
    (pages.changed_since IS NOT NULL AND (pages.origin_started_at IS NULL OR pages.changed_since > pages.origin_started_at))
    OR (pages.staged_hash IS NOT NULL AND pages.origin_hash IS NOT NULL AND pages.staged_hash <> pages.origin_hash)))`
  const superseded = sql`((pages.renders_on_demand = 1 AND pages.copy_made_at < pages.changed_since)
    OR (pages.observed_at IS NOT NULL AND pages.edge_hash <> pages.origin_hash))`
  const content = sql<ContentFact>`CASE
    WHEN ${pending} THEN 'pending'
    WHEN ${superseded} THEN 'superseded'
    WHEN pages.edge_hash = pages.origin_hash AND ${now} - pages.observed_at <= ${sql.lit(OBSERVATION_TRUST_MS)} THEN 'current'
    ELSE 'not-compared' END`
  const held = sql`(pages.stored = 'stored' AND (pages.purged_at IS NULL OR pages.purged_at <= pages.observed_at)
    AND (${now} < pages.fresh_until OR ${now} < pages.stale_until))`
  const inDate = sql`(${now} < pages.fresh_until)`
  const word = sql<FreshnessWord>`CASE
    WHEN pages.observed_at IS NULL THEN CASE WHEN pages.failed_at IS NULL THEN 'unknown' ELSE 'failed' END
    WHEN pages.stored = 'stored' AND (pages.purged_at IS NULL OR pages.purged_at <= pages.observed_at) AND pages.status >= 400 THEN 'error'
    WHEN pages.purged_at > pages.observed_at THEN 'absent'
    WHEN pages.stored = 'asks-always' THEN 'uncached'
    WHEN pages.stored IS NOT 'stored' THEN 'absent'
    WHEN ${pending} THEN 'pending'
    WHEN ${held} AND ${superseded} THEN 'outdated'
    WHEN ${held} AND NOT COALESCE(${inDate}, 0) THEN 'stale-allowed'
    WHEN ${held} THEN 'fresh'
    ELSE 'expired' END`
  return { time, content, word }
}
