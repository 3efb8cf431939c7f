import { countOf } from '#shared/count-of.ts'
import type { BuildCause, BuildSettings } from '#shared/build-queue.ts'

/** However long a storm lasts, what is kept of it stays small. */
const LATEST_KEPT = 5
const SOURCES_KEPT = 30
const OTHER_SOURCES = 'other sources'
const TEXT_LENGTH = 200
const TITLE_LENGTH = 120

/** Two lists of causes as one, a source named once. `added` is the newer one. */
export function mergeCauses(causes: readonly BuildCause[], added: readonly BuildCause[]): BuildCause[] {
  const merged = new Map(causes.map((cause) => [cause.source, cause]))
  for (const { source, count, latest } of added) {
    const known = merged.has(source) || merged.size < SOURCES_KEPT
    const name = known ? source : OTHER_SOURCES
    const before = merged.get(name)
    merged.set(name, {
      source: name,
      count: (before?.count ?? 0) + count,
      latest: [...latest, ...(before?.latest ?? [])].slice(0, LATEST_KEPT),
    })
  }
  return [...merged.values()]
}

/** `cause`: null when the source tells only how many changes there are. */
export function oneCause(source: string, cause: string | null, count = 1): BuildCause {
  return { source: source.slice(0, TEXT_LENGTH), count, latest: cause === null ? [] : [cause.slice(0, TEXT_LENGTH)] }
}

export function changesIn(causes: readonly BuildCause[]): number {
  return causes.reduce((sum, { count }) => sum + count, 0)
}

/** What a build of these causes is called at its service: its only cause, or "37 changes from Sanity, 2 from GitHub". */
export function titleOf(causes: readonly BuildCause[]): string {
  const [first] = causes
  const only = causes.length === 1 && first?.count === 1 ? first.latest[0] : undefined
  if (only !== undefined) return only.slice(0, TITLE_LENGTH)
  const parts = causes.map(({ source, count }, index) => {
    const what = index > 0 ? `${count}` : countOf(count, 'change')
    return `${what} from ${source}`
  })
  const text = parts.join(', ')
  return text.length <= TITLE_LENGTH ? text : `${text.slice(0, TITLE_LENGTH - 1)}…`
}

/** The causes as a build lists them. */
export function causesInWords(causes: readonly BuildCause[]): string[] {
  return causes.map(({ source, count, latest: [last] }) => {
    if (count > 1) return `${count} changes from ${source}`
    return last === undefined ? `1 change from ${source}` : `${source}: ${last}`
  })
}

export interface Moment {
  readonly nowMs: number
  /** When the first of what waits was wanted; null: nothing waits. */
  readonly firstAtMs: number | null
  /** Nothing is built now, and nothing was a moment ago. */
  readonly idle: boolean
}

/**
 * When a build begins that is wanted now: at once when nothing else is going on, otherwise when it has been quiet, at the
 * latest when the first of what waits has waited for the longest time.
 */
export function startsAt(
  { nowMs, firstAtMs, idle }: Moment,
  settings: Pick<BuildSettings, 'quietSeconds' | 'longestSeconds'>,
): number {
  if (idle && firstAtMs === null) return nowMs
  return Math.min(nowMs + settings.quietSeconds * 1000, (firstAtMs ?? nowMs) + settings.longestSeconds * 1000)
}
