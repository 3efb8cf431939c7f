import type { HookRule } from '#shared/hook-rules.ts'
import type { HookWork } from '#shared/hooks.ts'
import { targetKey, type FoundPages } from './find-pages.ts'
import type { FilledTarget } from './match-rule.ts'

/** What a rule asks for, beyond its marks. */
export type WorkKind = HookWork['kind']

/** A rule that an event fits, with the pages that its targets mean. */
export interface RulePages {
  readonly rule: HookRule
  readonly pageIds: readonly number[]
}

/** What one rule asks for, among others that the same event fits. */
export interface RuleWork {
  readonly kind: WorkKind
  /** Pages to do it for. */
  readonly pageIds: readonly number[]
  /** The plan builds first, also for what lies on none of its pages. */
  readonly rebuild: boolean
}

/**
 * The work that the rules of one event ask for, by rule. A plan builds first by itself, so a rebuild beside it, of the same
 * rule or of another one, would be a second one, and a purge before it would only store the old pages again: it becomes the
 * plan's first step.
 */
export function workOf(rules: readonly RulePages[]): Map<HookRule, RuleWork[]> {
  const plan = rules.map(planKind).find((kind) => kind !== null) ?? null
  return new Map(
    rules.map((one) => {
      const { rule, pageIds } = one
      const own = planKind(one)
      const work: RuleWork[] = []
      if (own !== null) work.push({ kind: own, pageIds, rebuild: rule.rebuild })
      else if (rule.rebuild) work.push({ kind: plan ?? 'build', pageIds: [], rebuild: plan !== null })
      if (rule.refresh && pageIds.length > 0 && rule.purge !== 'now') work.push({ kind: 'refresh', pageIds, rebuild: false })
      return [rule, work]
    }),
  )
}

function planKind({ rule, pageIds }: RulePages): 'plan' | 'when-visited' | null {
  if (pageIds.length === 0) return null
  return rule.purge === 'now' ? 'plan' : rule.purge === 'when-visited' ? 'when-visited' : null
}

const BUILDS_FIRST = 'Builds first, in the plan of the purge'
const RENDERS_FIRST = 'Has the pages rendered again, in the plan of the purge'
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
  work: readonly RuleWork[],
): string[] {
  return [
    ...targets.map((target) => {
      const { pageIds, problem } = found.get(targetKey(target)) ?? { pageIds: [], problem: null }
      return problem ?? `Marks ${target.text} as changed: ${pageIds.length} ${pageIds.length === 1 ? 'page' : 'pages'}`
    }),
    ...work.flatMap((one) => workSentences(rule, one)),
    ...(rule.purge === 'let-expire' ? ['Lets the copies expire: nothing is purged'] : []),
    ...(rule.notify ? ['Writes it in the activity log'] : []),
  ]
}

function workSentences(rule: HookRule, { kind, pageIds, rebuild }: RuleWork): string[] {
  if (kind === 'build' || kind === 'refresh') return [ASKS[kind]]
  if (pageIds.length === 0) return [`${BUILDS_FIRST} that another rule asks for`]
  const renders = rule.refresh && kind === 'plan'
  return [...(rebuild ? [BUILDS_FIRST] : []), ...(renders ? [RENDERS_FIRST] : []), ASKS[kind]]
}

/** The pages of all targets, each once. */
export function pagesOf(targets: readonly FilledTarget[], found: ReadonlyMap<string, FoundPages>): number[] {
  return [...new Set(targets.flatMap((target) => found.get(targetKey(target))?.pageIds ?? []))]
}
