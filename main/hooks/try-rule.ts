import { AppError } from '#shared/errors.ts'
import type { RuleInput } from '#shared/hook-rules.ts'
import type { RuleTrial } from '#shared/hooks.ts'
import type { Selection } from '#shared/pages.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'
import type { ContentIndex } from './content-index.ts'
import { didSentences, pagesOf, workOf } from './effects.ts'
import { findPages, targetKey, type ResolvePages } from './find-pages.ts'
import { judgeRule } from './judge.ts'
import { readEvent } from './read-event.ts'
import type { SourceRow } from './sources.ts'

/** What purging pages would cost at most, if all of them had changed. */
export type PriceOf = (
  siteId: string,
  selection: Selection,
) => Promise<{
  readonly itemCount: number
  readonly alsoCold: number
  readonly priceMicroDollars: number
  readonly allowanceBefore: number | null
  readonly allowanceAtMost: boolean
}>

export interface TryParts {
  readonly raw: Raw
  readonly clock: Clock
  readonly index: ContentIndex
  readonly resolve: ResolvePages
  readonly priceOf: PriceOf
  need(sourceId: string): SourceRow
}

/** Enough to see which ones; all of them are counted. */
const TARGETS_SHOWN = 20

/** Says what a rule would do with a stored delivery. Nothing is marked, sent or kept. Throws `NOT_FOUND`. */
export async function tryRule(parts: TryParts, deliveryId: number, input: RuleInput): Promise<RuleTrial> {
  const row = parts.raw
    .prepare<[number], { source_id: string; headers_json: string; body: Uint8Array; state: string }>(
      'SELECT source_id, headers_json, body, state FROM hook_events WHERE id = ?',
    )
    .get(deliveryId)
  if (!row || row.state === 'refused')
    throw new AppError('NOT_FOUND', 'The content of this delivery is not kept.', {
      field: 'deliveryId',
      fix: 'Choose another one.',
    })
  const source = parts.need(row.source_id)
  // We wrote this JSON ourselves.
  const headers = new Map(JSON.parse(row.headers_json) as [string, string][])
  const rule = { ...input, id: input.id ?? '' }
  let facts
  try {
    facts = readEvent(source.kind, headers, row.body)
  } catch {
    return { ...NOTHING, whyNot: 'Its body is no JSON, so no rule can read it.' }
  }
  const judged = judgeRule(rule, source.id, facts, parts.index.find(source.id, facts.contentId))
  if (judged.whyNot !== null) return { ...NOTHING, whyNot: judged.whyNot }
  const found = await findPages(parts.resolve, source.siteId, judged.targets, parts.clock())
  const pageIds = pagesOf(judged.targets, found)
  const work = workOf([{ rule, pageIds }]).get(rule) ?? []
  const purges = work.some(({ kind }) => kind === 'plan' || kind === 'when-visited')
  const price = purges ? await parts.priceOf(source.siteId, { kind: 'pages', pageIds }) : null
  return {
    whyNot: null,
    targets: judged.targets.slice(0, TARGETS_SHOWN).map((target) => {
      const { pageIds, problem } = found.get(targetKey(target)) ?? { pageIds: [], problem: null }
      return { text: target.text, pages: pageIds.length, problem }
    }),
    pages: pageIds.length,
    steps: didSentences(rule, judged.targets, found, work),
    purge: price && {
      items: price.itemCount,
      alsoCold: price.alsoCold,
      priceMicroDollars: price.priceMicroDollars,
      allowanceBefore: price.allowanceBefore,
      allowanceAtMost: price.allowanceAtMost,
    },
  }
}

const NOTHING = { targets: [], pages: 0, steps: [], purge: null }
