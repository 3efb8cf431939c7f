import { hitRatio, TTFB_BOUNDS_MS, TTFB_CLASSES, type AnswerSum } from '#shared/edge-answers.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'

/** "86 %", "under 1 %", "over 99 %": never all or nothing where that is not so. */
export function ratioWords(sum: Pick<AnswerSum, 'store' | 'origin'>): string {
  const ratio = hitRatio(sum)
  if (ratio === null) return 'not known'
  const percent = Math.round(ratio * 100)
  if (percent === 100 && ratio < 1) return 'over 99 %'
  if (percent === 0 && ratio > 0) return 'under 1 %'
  return `${percent} %`
}

/** "about 12 ms", "about 1.3 s"; it is read from classes of times. */
export function ttfbWords(ms: number | null): string {
  if (ms === null) return ''
  if (ms < 1) return 'under 1 ms'
  return ms < 995 ? `about ${Number(ms.toPrecision(2))} ms` : `about ${(ms / 1_000).toFixed(1)} s`
}

/** The same after the word "within". */
export function withinWords(ms: number | null): string {
  return ttfbWords(ms).replace('under ', '')
}

/** Where the times were read: "from FRA56", "from FRA56 and LHR62", "from 4 edge locations". */
export function fromWords(vantages: readonly string[]): string {
  if (vantages.length === 0) return 'from here'
  return vantages.length > 3 ? `from ${vantages.length} edge locations` : `from ${vantages.join(' and ')}`
}

/** One class of times as the histograms and their table have it. */
export interface TtfbRow {
  readonly ttfbClass: number
  /** Null: without an end. */
  readonly untilMs: number | null
  readonly says: string
  readonly store: number
  readonly origin: number
}

/** The classes that are shown: from the first to the last with an answer, those between them included. */
export function ttfbRows(store: readonly number[], origin: readonly number[]): TtfbRow[] {
  const rows = Array.from({ length: TTFB_CLASSES }, (_, ttfbClass): TtfbRow => {
    const [from, untilMs] = [TTFB_BOUNDS_MS[ttfbClass - 1] ?? 0, TTFB_BOUNDS_MS[ttfbClass] ?? null]
    return {
      ttfbClass,
      untilMs,
      says: untilMs === null ? `above ${shortMs(from)}` : `${formatCount(from)} to ${shortMs(untilMs)}`,
      store: store[ttfbClass] ?? 0,
      origin: origin[ttfbClass] ?? 0,
    }
  })
  const used = (row: TtfbRow) => row.store + row.origin > 0
  return rows.slice(Math.max(0, rows.findIndex(used)), rows.findLastIndex(used) + 1)
}

/** A bound below a bar: "50 ms", "1.5 s". */
export function shortMs(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`
}

/** "380 from the edge's store, 62 from the origin, 3 do not say". */
export function sourcesWords({ store, origin, unknown }: AnswerSum): string {
  const parts = [`${formatCount(store)} from the edge's store`, `${formatCount(origin)} from the origin`]
  return [...parts, ...(unknown > 0 ? [`${countOf(unknown, 'answer does', 'answers do')} not say`] : [])].join(', ')
}
