import type { Raw } from '#main/platform/database.ts'

/**
 * Visitors have the change of a mark: every page was made new at the origin after it, and the edge gives no copy from before
 * that differs. A condition on `marks`, with `@nowMs`.
 */
export const IS_OVER = `NOT EXISTS (
  SELECT 1 FROM mark_pages JOIN pages ON pages.id = mark_pages.page_id WHERE mark_id = marks.id AND (
    (pages.renders_on_demand = 0 AND (pages.origin_started_at IS NULL OR pages.origin_started_at < marks.since))
    OR (pages.stored = 'stored' AND (pages.purged_at IS NULL OR pages.purged_at <= pages.observed_at)
      AND (@nowMs < pages.fresh_until OR @nowMs < pages.stale_until)
      AND pages.copy_made_at < marks.since AND pages.edge_hash IS NOT pages.origin_hash)))`

/** Since when a mark is over: from the newest look at its pages on. */
export const OVER_SINCE = `COALESCE((SELECT max(pages.observed_at) FROM mark_pages
  JOIN pages ON pages.id = mark_pages.page_id WHERE mark_id = marks.id), @nowMs)`

/** Ends the marks that are over. Called with what a check or a build has stored, so that what happens later opens none again. */
export function endMarks(db: Raw, siteId: string, nowMs: number): void {
  db.prepare(
    `UPDATE marks SET done_at = ${OVER_SINCE}
     WHERE site_id = @siteId AND undone_at IS NULL AND done_at IS NULL AND ${IS_OVER}`,
  ).run({ siteId, nowMs })
}
