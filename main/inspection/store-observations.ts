import { servedByRule, type Rule } from '#shared/http-cache/redirect-rules.ts'
import type { Raw } from '#main/platform/database.ts'
import { createHistoryWriter } from './history.ts'
import type { Observation } from './inspect-page.ts'

/** Sets a page's tags from one source; the pages feature supplies it. */
export type WriteTags = (pageId: number, source: 'in_html' | 'in_header', tags: readonly string[]) => void

export type CheckResult =
  | { readonly kind: 'seen'; readonly observation: Observation }
  | { readonly kind: 'failed'; readonly pageId: number; readonly atMs: number; readonly reason: string }

/**
 * An origin that could not be asked this time says nothing of other bytes than those it was compared with: only the proof
 * that these very bytes are old stays.
 */
const STILL_SUPERSEDED = 'edge_hash = @edgeHash AND origin_hash <> @edgeHash'

/**
 * Writes results of checks, all of them in one transaction, and what `also` writes with them. A failed check keeps the
 * evidence of the one before.
 */
export function createResultWriter(
  db: Raw,
  siteId: string,
  writeTags: WriteTags,
): (results: readonly CheckResult[], also?: () => void) => void {
  const rules = readRules(db, siteId)
  const remember = createHistoryWriter(db)
  const fail = db.prepare('UPDATE pages SET failed_at = ?, failure = ? WHERE id = ?')
  const path = db.prepare<[number], { path: string; origin_basis: string | null }>(
    'SELECT path, origin_basis FROM pages WHERE id = ?',
  )
  const seen = db.prepare(`UPDATE pages SET
    observed_at = @atMs, failed_at = NULL, failure = NULL, status = @status, stored = @stored,
    fresh_until = @freshUntilMs, stale_until = @staleUntilMs, copy_made_at = @copyMadeAtMs, edge_hash = @edgeHash, size_bytes = @sizeBytes,
    origin_hash = CASE WHEN origin_basis IN ('manifest', 'renderer') OR (@originHash IS NULL AND ${STILL_SUPERSEDED}) THEN origin_hash ELSE @originHash END,
    origin_basis = CASE WHEN origin_basis IN ('manifest', 'renderer') OR (@originHash IS NULL AND ${STILL_SUPERSEDED}) THEN origin_basis
      WHEN @originHash IS NULL THEN NULL ELSE 'origin' END,
    age_seconds = @ageSeconds, lifetime_rule = @lifetimeRule, lifetime_basis = @lifetimeBasis,
    filled_by_check = @filled, first_answer = @firstAnswer, vantage = @vantage, ttfb_ms = @ttfbMs, headers_json = @headers,
    served_as = @servedAs,
    copy_changed_at = CASE WHEN edge_hash <> @edgeHash THEN @atMs ELSE copy_changed_at END
    WHERE id = @pageId`)

  const one = (result: CheckResult) => {
    if (result.kind === 'failed') {
      if (fail.run(result.atMs, result.reason, result.pageId).changes > 0) remember(result.pageId, result.atMs)
      return
    }
    const { observation } = result
    const page = path.get(observation.pageId)
    if (!page) return
    const { headers, htmlTags, headerTags, filledByCheck, renders: _renders, confirmed: _confirmed, ...columns } = observation
    seen.run({
      ...columns,
      filled: filledByCheck ? 1 : 0,
      headers: JSON.stringify(headers),
      servedAs: servedAs(observation, page.path, page.origin_basis, rules),
    })
    remember(observation.pageId, observation.atMs)
    if (htmlTags) writeTags(observation.pageId, 'in_html', htmlTags)
    if (headerTags) writeTags(observation.pageId, 'in_header', headerTags)
  }
  const all = db.transaction((results: readonly CheckResult[], also?: () => void) => {
    results.forEach(one)
    also?.()
  })
  return (results, also) => all.immediate(results, also)
}

/** Evidence in this order: what the status says, the live release's files, the renderer's entries, the rules. */
function servedAs(observation: Observation, path: string, originBasis: string | null, rules: readonly Rule[] | null): string {
  if (observation.status >= 500) return 'error'
  if (observation.status === 404 || observation.status === 410) return 'missing'
  if (observation.status >= 300 && observation.status < 400 && observation.status !== 304) return 'redirect'
  if (originBasis === 'manifest') return 'static'
  if (originBasis === 'renderer') return 'rendered'
  if (rules === null) return 'unknown'
  const byRule = servedByRule(path, rules)
  // It answered with a page although no rule of ours leads to one: the rules do not tell the whole story.
  return byRule === 'missing' || byRule === 'redirect' ? 'unknown' : byRule
}

function readRules(db: Raw, siteId: string): Rule[] | null {
  const row = db
    .prepare<[string], { redirects_json: string }>('SELECT redirects_json FROM releases WHERE site_id = ? AND live = 1')
    .get(siteId)
  return row ? (JSON.parse(row.redirects_json) as Rule[]) : null
}
