import type { PlanItem } from '#shared/plan-items.ts'
import type { Verdict } from './verify.ts'

type ItemVerdict = NonNullable<PlanItem['verdict']>

/** Where the copy from before the purge is gone, whatever took its place. */
const WENT: readonly Verdict['result'][] = ['new-version', 'not-stored', 'origin-old', 'refreshing']

/**
 * What each item did to the pages that were checked. `noTags`: why the edge stores no tags now; null when it stores them, or
 * when that is not known. Items of which no page was checked get none.
 */
export function itemVerdicts(
  reached: ReadonlyMap<string, readonly number[]>,
  results: ReadonlyMap<number, Verdict>,
  noTags: string | null,
): Map<string, ItemVerdict> {
  const verdicts = new Map<string, ItemVerdict>()
  for (const [item, pageIds] of reached) {
    const seen = pageIds.flatMap((pageId) => results.get(pageId) ?? [])
    const checked = seen.filter(({ result }) => result === 'still-old' || WENT.includes(result))
    const went = checked.filter(({ result }) => WENT.includes(result)).length
    const failed = seen.filter(({ result }) => result === 'failed').length
    if (checked.length === 0) {
      if (failed > 0) verdicts.set(item, { ok: false, says: `${of(0, failed)} could be checked` })
      continue
    }
    const ok = went === checked.length
    const because = ok || went > 0 ? '' : `: ${whyNone(item, noTags)}`
    verdicts.set(item, { ok, says: `purged ${of(went, checked.length)} checked${because}` })
  }
  return verdicts
}

function of(some: number, all: number): string {
  return `${some.toLocaleString('en-US')} of ${all.toLocaleString('en-US')}`
}

function whyNone(item: string, noTags: string | null): string {
  if (!item.startsWith('#')) return 'the edge still gives the copies from before'
  return noTags === null ? 'the edge keeps these pages without this tag' : `the edge stores no tags, since ${noTags}`
}
