import type { HookRule } from '#shared/hook-rules.ts'
import type { HookWork } from '#shared/hooks.ts'
import { targetKey, type FoundPages } from './find-pages.ts'
import type { FilledTarget } from './match-rule.ts'

/** What a rule asks for, beyond its marks. */
export type WorkKind = HookWork['kind']

/** The work that a rule asks for. A plan that purges now builds first by itself, so a rebuild beside it would be a second one. */
export function workOf(rule: HookRule, pages: number): WorkKind[] {
  const kinds: WorkKind[] = []
  if (rule.purge === 'now' && pages > 0) kinds.push('plan')
  else if (rule.rebuild) kinds.push('build')
  if (rule.refresh && pages > 0 && rule.purge !== 'now') kinds.push('refresh')
  if (rule.purge === 'when-visited' && pages > 0) kinds.push('when-visited')
  return kinds
}

const ASKS: Readonly<Record<WorkKind, string>> = {
  build: 'Asks for a build',
  plan: 'Makes the origin new and purges what changed',
  refresh: 'Has the pages rendered again',
  'when-visited': 'Purges each page when somebody visits it',
}

/** What a rule does with an event, or would do, as sentences. */
export function didSentences(
  rule: HookRule,
  targets: readonly FilledTarget[],
  found: ReadonlyMap<string, FoundPages>,
  work: readonly WorkKind[],
): string[] {
  return [
    ...targets.map((target) => {
      const { pageIds, problem } = found.get(targetKey(target)) ?? { pageIds: [], problem: null }
      return problem ?? `Marks ${target.text} as changed: ${pageIds.length} ${pageIds.length === 1 ? 'page' : 'pages'}`
    }),
    ...work.map((kind) => ASKS[kind]),
    ...(rule.purge === 'let-expire' ? ['Lets the copies expire: nothing is purged'] : []),
    ...(rule.notify ? ['Writes it in the activity log'] : []),
  ]
}

/** The pages of all targets, each once. */
export function pagesOf(targets: readonly FilledTarget[], found: ReadonlyMap<string, FoundPages>): number[] {
  return [...new Set(targets.flatMap((target) => found.get(targetKey(target))?.pageIds ?? []))]
}
