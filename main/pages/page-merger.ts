import type { Raw } from '#main/platform/database.ts'

/** What a check or a release says of a page: it comes from the page that was observed last. */
const EVIDENCE = `served_as, renders_on_demand, observed_at, failed_at, failure, status, stored, fresh_until, stale_until,
  purged_at, copy_made_at, edge_hash, origin_hash, origin_basis, staged_hash, origin_started_at, age_seconds, lifetime_rule,
  lifetime_basis, filled_by_check, first_answer, vantage, ttfb_ms, headers_json, size_bytes`
const HISTORY_KEPT = 20

/**
 * Makes one page of two: the newest evidence, and the marks, tags and history of both. Call inside a transaction. The
 * counters of tags follow by the database's own triggers.
 */
export function createPageMerger(db: Raw): (fromId: number, intoId: number) => void {
  const merge = [
    `UPDATE pages SET (${EVIDENCE}) = (SELECT ${EVIDENCE} FROM pages WHERE id = @from) WHERE id = @into
      AND COALESCE((SELECT observed_at FROM pages WHERE id = @from), -1) > COALESCE(observed_at, -1)`,
    `UPDATE pages SET found_at = min(found_at, (SELECT found_at FROM pages WHERE id = @from)),
      changed_since = NULLIF(max(COALESCE(changed_since, -1), COALESCE((SELECT changed_since FROM pages WHERE id = @from), -1)), -1)
      WHERE id = @into`,
    `INSERT INTO page_tags (page_id, tag_id, in_html, in_header, in_manifest)
      SELECT @into, tag_id, in_html, in_header, in_manifest FROM page_tags WHERE page_id = @from
      ON CONFLICT (page_id, tag_id) DO UPDATE SET in_html = max(in_html, excluded.in_html),
        in_header = max(in_header, excluded.in_header), in_manifest = max(in_manifest, excluded.in_manifest)`,
    `INSERT OR IGNORE INTO mark_pages (mark_id, page_id) SELECT mark_id, @into FROM mark_pages WHERE page_id = @from`,
    `UPDATE page_history SET page_id = @into WHERE page_id = @from`,
    `DELETE FROM page_history WHERE page_id = @into AND id NOT IN
      (SELECT id FROM page_history WHERE page_id = @into ORDER BY at DESC, id DESC LIMIT ${HISTORY_KEPT}) AND @from > 0`,
    `DELETE FROM page_entries WHERE page_id = @into
      AND refreshed_at < (SELECT refreshed_at FROM page_entries WHERE page_id = @from)`,
    `UPDATE OR IGNORE page_entries SET page_id = @into WHERE page_id = @from`,
    `UPDATE plan_pages SET page_id = @into WHERE page_id = @from`,
    `DELETE FROM pages WHERE id = @from AND @into > 0`,
  ].map((text) => db.prepare(text))
  return (from, into) => {
    for (const statement of merge) statement.run({ from, into })
  }
}
