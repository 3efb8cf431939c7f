import type { Plan, PlanPage } from '#shared/plans.ts'
import type { Query } from '#main/platform/database.ts'
import type { PagesTable } from '#main/platform/schema.ts'
import { laterText, pagesText, priceText, purgesText, someOf } from './wording.ts'

/** Visitors get what the origin has. */
export function isRight({ result }: Pick<PlanPage, 'result'>): boolean {
  return result === 'new-version' || result === 'not-stored'
}

export type Verdict = Pick<PlanPage, 'result' | 'resultReason'>

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
        'fresh_until',
        'changed_since',
        'renders_on_demand',
        'staged_hash',
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

type Row = Pick<
  PagesTable,
  | 'edge_hash'
  | 'origin_hash'
  | 'observed_at'
  | 'failed_at'
  | 'failure'
  | 'copy_made_at'
  | 'stored'
  | 'status'
  | 'served_as'
  | 'origin_started_at'
  | 'fresh_until'
  | 'changed_since'
  | 'renders_on_demand'
  | 'staged_hash'
>

/** A renderer gives an expired page for so long, while it renders it again: `docs/renderer-protocol.md`. */
const GRACE_MS = 10_000

function verdict(row: Row, checkedSinceMs: number, madeSinceMs: number): Verdict {
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
  // A copy made after the purge cannot be the purged one. Age is in whole seconds: it may be as much older.
  const isNew = (row.copy_made_at ?? 0) >= madeSinceMs - 1_000
  const isSurelyNew = (row.copy_made_at ?? 0) - 1_000 >= madeSinceMs
  if (row.edge_hash !== null && row.origin_hash !== null && row.edge_hash !== row.origin_hash) return otherBytes(row, isSurelyNew)
  if (waits(row)) return { result: 'origin-old', resultReason: 'The origin itself is old: it waits for a build or a refresh.' }
  if (row.stored !== 'stored')
    return { result: 'not-stored', resultReason: 'The edge keeps no copy: every visitor gets what the origin has.' }
  if (row.edge_hash !== null && row.origin_hash !== null) return { result: 'new-version', resultReason: null }
  return isNew
    ? { result: 'new-version', resultReason: 'Made after the purge; not compared with the origin.' }
    : { result: 'still-old', resultReason: 'The copy is older than the purge.' }
}

/** The edge gives something else than the origin has: whether that is a copy from before tells who is behind. */
function otherBytes(row: Row, isNew: boolean): Verdict {
  if (!isNew && row.stored === 'stored')
    return { result: 'still-old', resultReason: 'The edge still gives other bytes than the origin has.' }
  const livesMs = (row.fresh_until ?? 0) - (row.copy_made_at ?? 0)
  return row.stored === 'stored' && livesMs > 0 && livesMs <= GRACE_MS
    ? { result: 'refreshing', resultReason: 'The renderer gave its old page, for some seconds, while it renders the new one.' }
    : {
        result: 'origin-old',
        resultReason: 'The edge fetched it after the purge, and still got other bytes than the origin should have.',
      }
}

function waits(row: Row): boolean {
  if (row.renders_on_demand === 1) return false
  const marked = row.changed_since !== null && (row.origin_started_at === null || row.changed_since > row.origin_started_at)
  return marked || (row.staged_hash !== null && row.origin_hash !== null && row.staged_hash !== row.origin_hash)
}

/** The result as a sentence: proof, or the names of those that do not show the new version. */
export function resultSentence(plan: Plan, pages: readonly PlanPage[], vantage: string | null): string {
  const checked = pages.filter((page) => page.result !== null && page.result !== 'untouched')
  const fresh = checked.filter(isRight).length
  const bad = checked.filter((page) => !isRight(page))
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
  const { cold, purged } = plan.check
  const isSample = purged > checked.length
  const which = isSample ? ' checked pages' : ''
  const ofAll = isSample ? `; ${purged.toLocaleString('en-US')} were purged` : ''
  const others =
    cold.checked > cold.right
      ? ` Of ${pagesText(cold.checked)} that went cold as well, ${cold.checked - cold.right} did not come back right.`
      : ''
  return `${fresh.toLocaleString('en-US')} of ${checked.length.toLocaleString('en-US')}${which} ${fresh === 1 ? 'shows' : 'show'} ${plan.goesBack ? 'the older release' : 'the new version'} ${here}${ofAll}.${names}${others} ${cost}${extra}${held}`
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
