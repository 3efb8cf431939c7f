import type { Raw } from './database.ts'

/**
 * Makes a database of an earlier time say only what still holds. What was observed of pages is of before purges, deploys and
 * switches that it may not know of, so none of it counts any more; its history stays. What the live release and the renderer
 * hold is read again by itself, what a check had compared with the origin is not. And until when the program ran is not what
 * the backup says.
 */
export function takeBack(raw: Raw): void {
  raw.exec(`
    UPDATE pages SET observed_at = NULL, failed_at = NULL, failure = NULL, status = NULL, stored = NULL, fresh_until = NULL,
      purged_at = NULL, stale_until = NULL, copy_made_at = NULL, edge_hash = NULL, age_seconds = NULL, lifetime_rule = NULL, lifetime_basis = NULL,
      filled_by_check = 0, first_answer = NULL, vantage = NULL, ttfb_ms = NULL, headers_json = NULL,
      origin_hash = CASE origin_basis WHEN 'origin' THEN NULL ELSE origin_hash END,
      origin_basis = CASE origin_basis WHEN 'origin' THEN NULL ELSE origin_basis END
    WHERE observed_at IS NOT NULL OR failed_at IS NOT NULL OR purged_at IS NOT NULL;
    DELETE FROM absences;
  `)
}
