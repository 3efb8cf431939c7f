import type { Plan, PlanPage } from '#shared/plans.ts'
import type { Query } from '#main/platform/database.ts'
import { laterText, pagesText, priceText, purgesText, someOf } from './wording.ts'

type Verdict = Pick<PlanPage, 'result' | 'resultReason'>

export interface Verified {
  readonly results: Map<number, Verdict>
  readonly vantage: string | null
}

/** Reads what the check after a purge found. `madeSinceMs`: copies made at the origin since then are new. */
export async function readVerdicts(
  db: Query,
  pageIds: readonly number[],
  checkedSinceMs: number,
  madeSinceMs: number,
): Promise<Verified> {
  const results = new Map<number, Verdict>()
  let vantage: string | null = null
  for (let at = 0; at < pageIds.length; at += 5_000) {
    const rows = await db
      .selectFrom('pages')
      .select([
        'id',
        'edge_hash',
        'origin_hash',
        'observed_at',
        'failed_at',
        'failure',
        'copy_made_at',
        'stored',
        'status',
        'vantage',
        'served_as',
        'origin_started_at',
      ])
      .where('id', 'in', pageIds.slice(at, at + 5_000))
      .execute()
    for (const row of rows) {
      vantage ??= row.vantage
      results.set(row.id, verdict(row, checkedSinceMs, madeSinceMs))
    }
  }
  return { results, vantage }
}

function verdict(
  row: {
    edge_hash: string | null
    origin_hash: string | null
    observed_at: number | null
    failed_at: number | null
    failure: string | null
    copy_made_at: number | null
    stored: string | null
    status: number | null
    served_as: string
    origin_started_at: number | null
  },
  checkedSinceMs: number,
  madeSinceMs: number,
): Verdict {
  if (row.observed_at === null || row.observed_at < checkedSinceMs) {
    return row.failed_at !== null && row.failed_at >= checkedSinceMs
      ? { result: 'failed', resultReason: row.failure ?? 'The check failed.' }
      : { result: 'untouched', resultReason: 'Not checked.' }
  }
  // Only a release that is known can say that a page does not belong there any more.
  const gone = row.served_as === 'missing' && row.origin_hash === null && row.origin_started_at !== null
  if (gone && (row.status === 404 || row.status === 410)) {
    return { result: 'new-version', resultReason: 'Gone, as it is in the release that visitors get.' }
  }
  if ((row.status ?? 0) >= 400) return { result: 'failed', resultReason: `It answers with status ${row.status}.` }
  if (row.edge_hash !== null && row.origin_hash !== null) {
    return row.edge_hash === row.origin_hash
      ? { result: 'new-version', resultReason: null }
      : { result: 'still-old', resultReason: 'The edge still gives other bytes than the origin has.' }
  }
  // Nothing to compare with: a copy made after the purge cannot be the purged one. Age is in whole seconds.
  return (row.copy_made_at ?? 0) >= madeSinceMs - 1_000
    ? { result: 'new-version', resultReason: 'Made after the purge; not compared with the origin.' }
    : { result: 'still-old', resultReason: 'The copy is older than the purge.' }
}

/** The result as a sentence: proof, or the names of those that do not show the new version. */
export function resultSentence(plan: Plan, pages: readonly PlanPage[], vantage: string | null): string {
  const checked = pages.filter((page) => page.result !== null && page.result !== 'untouched')
  const fresh = checked.filter((page) => page.result === 'new-version').length
  const bad = checked.filter((page) => page.result !== 'new-version')
  const { coveredItems } = plan.queue
  const shared = coveredItems === 0 ? '' : ` ${purgesText(coveredItems)} went with others.`
  const cost = `${purgesText(plan.purge.itemCount - coveredItems)} used (${priceText(plan.purge.priceMicroDollars)}).${shared}`
  const here = vantage === null ? 'from here' : `from here (${vantage})`
  const unlisted = pages.filter((page) => page.pageId === null && page.decision === 'purge').length
  const extra =
    unlisted > 0
      ? ` ${unlisted} ${unlisted === 1 ? 'path is' : 'paths are'} in no list and ${unlisted === 1 ? 'was' : 'were'} purged without a check.`
      : ''
  const heldBack = plan.counts.heldBack > 0 ? ` ${pagesText(plan.counts.heldBack)} held back: the origin is still old.` : ''
  const later = laterText(plan.counts)
  const held = later === '' ? heldBack : `${heldBack} ${later}.`
  if (checked.length === 0) return plan.purge.itemCount === 0 ? 'Nothing had to be purged.' : `${cost}${extra}${held}`
  const names = bad.length > 0 ? ` Not yet: ${someOf(bad.map((page) => page.path))}.` : ''
  return `${fresh.toLocaleString('en-US')} of ${checked.length.toLocaleString('en-US')} show the new version ${here}.${names} ${cost}${extra}${held}`
}

/** What is left when nothing had to be purged after the build. */
export function nothingToPurge(plan: Plan): string {
  const later = laterText(plan.counts)
  if (later !== '') return `Nothing was purged at once: ${later}.`
  const held = plan.counts.heldBack
  return held > 0
    ? `${pagesText(held)} held back: the origin is still old.`
    : 'Nothing had to be purged: the edge holds no old copy of these pages.'
}
