import type { FreshnessOverTime } from '#shared/home.ts'
import type { FreshnessWord } from '#shared/http-cache/freshness.ts'
import { FRESHNESS_ORDER, freshnessLook } from '#renderer/ui/freshness-words.ts'

/** One line of the chart: a word, told apart by whether it was compared where that has a name of its own. */
export interface FreshnessSeries {
  readonly key: string
  readonly word: FreshnessWord
  readonly proven: boolean
  readonly says: string
  readonly colour: string
}

/** The pages of every series at one instant; null where nobody looked. */
export type FreshnessPoint = { readonly atMs: number } & Readonly<Record<string, number | null>>

const ALL: readonly FreshnessSeries[] = [
  seriesOf('fresh', true),
  ...FRESHNESS_ORDER.toReversed().map((word) => seriesOf(word, false)),
]

function seriesOf(word: FreshnessWord, proven: boolean): FreshnessSeries {
  const look = freshnessLook(word, proven)
  return { key: proven ? `${word}-proven` : word, word, proven, says: look.says, colour: look.colour }
}

/**
 * The chart's lines, those without any page left out, and its points: the samples, a step to nothing where nobody looked,
 * and the last one again at the present.
 */
export function pointsOf({ samples, gapMs, nowMs }: FreshnessOverTime): {
  readonly series: readonly FreshnessSeries[]
  readonly points: readonly FreshnessPoint[]
} {
  const used = new Set(samples.flatMap(({ groups }) => groups.map(keyOf)))
  const series = ALL.filter(({ key }) => used.has(key))
  const points: FreshnessPoint[] = []
  for (const [at, { atMs, groups }] of samples.entries()) {
    const before = samples[at - 1]
    if (before && atMs - before.atMs > gapMs) points.push(pointAt(before.atMs + gapMs, series, () => null))
    points.push(pointAt(atMs, series, (key) => sum(groups, key)))
  }
  const last = samples.at(-1)
  if (last) {
    const looked = nowMs - last.atMs <= gapMs
    points.push(pointAt(looked ? nowMs : last.atMs + gapMs, series, (key) => (looked ? sum(last.groups, key) : null)))
  }
  return { series, points }
}

type Groups = FreshnessOverTime['samples'][number]['groups']

function keyOf({ word, proven }: Groups[number]): string {
  return word === 'fresh' && proven ? 'fresh-proven' : word
}

function sum(groups: Groups, key: string): number {
  return groups.reduce((total, group) => (keyOf(group) === key ? total + group.pages : total), 0)
}

function pointAt(atMs: number, series: readonly FreshnessSeries[], value: (key: string) => number | null): FreshnessPoint {
  return { atMs, ...Object.fromEntries(series.map(({ key }) => [key, value(key)])) }
}
