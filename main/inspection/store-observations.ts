import { servedByRule, type Rule } from '#shared/http-cache/redirect-rules.ts'
import type { Raw } from '#main/platform/database.ts'
import { createAnswerCounter } from './answer-counts.ts'
import { createHistoryWriter, type PageState } from './history.ts'
import type { Observation } from './inspect-page.ts'

/** Sets a page's tags from one source; the pages feature supplies it. */
export type WriteTags = (pageId: number, source: 'in_html' | 'in_header', tags: readonly string[]) => void

interface PageBefore extends PageState {
  readonly path: string
  readonly zoneId: number
  readonly originBasis: string | null
  readonly originHash: string | null
}

export type CheckResult =
  | { readonly kind: 'seen'; readonly observation: Observation }
  | { readonly kind: 'failed'; readonly pageId: number; readonly atMs: number; readonly reason: string }

/** Results are written within minutes; what is further ahead was written by a clock that has been set back since. */
const LATE_AT_MOST_MS = 600_000

/** Another check has seen the page later and was written first. */
function isOvertaken(atMs: number, storedAtMs: number | null): boolean {
  return storedAtMs !== null && storedAtMs > atMs && storedAtMs - atMs < LATE_AT_MOST_MS
}

/**
 * Writes results of checks, all of them in one transaction, and what `also` writes with them. A failed check keeps the
 * evidence of the one before. `runId`: the check of a whole site that they belong to; 0 when they are of none.
 */
export function createResultWriter(
  db: Raw,
  siteId: string,
  writeTags: WriteTags,
  runId = 0,
): (results: readonly CheckResult[], also?: () => void) => void {
  const rules = readRules(db, siteId)
  const remember = createHistoryWriter(db)
  const answers = createAnswerCounter(db, siteId, runId)
  const fail = db.prepare('UPDATE pages SET failed_at = ?, failure = ? WHERE id = ?')
  const page = db.prepare<[number], PageBefore>(
    `SELECT path, zone_id AS zoneId, origin_basis AS originBasis, edge_hash AS edgeHash, origin_hash AS originHash, status, stored, vantage,
       served_as AS servedAs, observed_at AS observedAtMs, fresh_until AS freshUntilMs, stale_until AS staleUntilMs,
       failed_at AS failedAtMs, failure, ttfb_ms AS ttfbMs FROM pages WHERE id = ?`,
  )
  const seen = db.prepare(`UPDATE pages SET
    observed_at = ?, failed_at = NULL, failure = NULL, status = ?, stored = ?,
    fresh_until = ?, stale_until = ?, copy_made_at = ?, edge_hash = ?, size_bytes = ?,
    origin_hash = ?, origin_basis = ?, age_seconds = ?, lifetime_rule = ?, lifetime_basis = ?,
    filled_by_check = ?, first_answer = ?, vantage = ?, ttfb_ms = ?, headers_json = ?, served_as = ? WHERE id = ?`)
  // What the edge has confirmed is as it was: to leave it out spares its indexes.
  const confirmed = db.prepare(`UPDATE pages SET
    observed_at = ?, failed_at = NULL, failure = NULL, fresh_until = ?, stale_until = ?, copy_made_at = ?,
    age_seconds = ?, lifetime_rule = ?, lifetime_basis = ?, filled_by_check = 0, first_answer = ?, vantage = ?, ttfb_ms = ?,
    headers_json = ? WHERE id = ?`)
  const changed = db.prepare('UPDATE pages SET copy_changed_at = ? WHERE id = ?')

  const one = (result: CheckResult) => {
    const pageId = result.kind === 'failed' ? result.pageId : result.observation.pageId
    const before = page.get(pageId)
    if (!before) return
    const atMs = result.kind === 'failed' ? result.atMs : result.observation.atMs
    if (isOvertaken(atMs, before.observedAtMs)) return
    const known = before.observedAtMs !== null || before.failedAtMs !== null
    if (result.kind === 'failed') {
      const { reason } = result
      fail.run(atMs, reason, pageId)
      remember(pageId, atMs, { ...before, failedAtMs: atMs, failure: reason, ttfbMs: null }, known)
      return
    }
    const { observation: it } = result
    const served = servedAs(it, before.path, before.originBasis, rules)
    const origin = originOf(it, before)
    const headers = JSON.stringify(it.headers)
    const same = it.confirmed && served === before.servedAs && origin.hash === before.originHash
    if (same && origin.basis === before.originBasis && it.edgeHash === before.edgeHash && before.stored === 'stored')
      confirmed.run(
        it.atMs,
        it.freshUntilMs,
        it.staleUntilMs,
        it.copyMadeAtMs,
        it.ageSeconds,
        it.lifetimeRule,
        it.lifetimeBasis,
        it.firstAnswer,
        it.vantage,
        it.ttfbMs,
        headers,
        pageId,
      )
    else
      seen.run(
        it.atMs,
        it.status,
        it.stored,
        it.freshUntilMs,
        it.staleUntilMs,
        it.copyMadeAtMs,
        it.edgeHash,
        it.sizeBytes,
        origin.hash,
        origin.basis,
        it.ageSeconds,
        it.lifetimeRule,
        it.lifetimeBasis,
        it.filledByCheck ? 1 : 0,
        it.firstAnswer,
        it.vantage,
        it.ttfbMs,
        headers,
        served,
        pageId,
      )
    if (before.edgeHash !== null && before.edgeHash !== it.edgeHash) changed.run(it.atMs, pageId)
    const now = { ...it, servedAs: served, observedAtMs: it.atMs, failedAtMs: null, failure: null }
    remember(pageId, it.atMs, now, known)
    answers.count(before.zoneId, served, it)
    if (it.htmlTags) writeTags(pageId, 'in_html', it.htmlTags)
    if (it.headerTags) writeTags(pageId, 'in_header', it.headerTags)
  }
  const all = db.transaction((results: readonly CheckResult[], also?: () => void) => {
    results.forEach(one)
    answers.flush()
    also?.()
  })
  return (results, also) => all.immediate(results, also)
}

/**
 * What is known of the origin after a check. The manifest and the renderer say it first. An origin that could not be asked
 * this time says nothing of other bytes than those it was compared with: only the proof that these very bytes are old stays.
 */
function originOf(observation: Observation, before: PageBefore): { hash: string | null; basis: string | null } {
  const kept = { hash: before.originHash, basis: before.originBasis }
  if (before.originBasis === 'manifest' || before.originBasis === 'renderer') return kept
  if (observation.originHash !== null) return { hash: observation.originHash, basis: 'origin' }
  const stillOld = before.edgeHash === observation.edgeHash && before.originHash !== null && before.originHash !== before.edgeHash
  return stillOld ? kept : { hash: null, basis: null }
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
