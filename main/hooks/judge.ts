import type { HookRule } from '#shared/hook-rules.ts'
import { fillTargets, whyNot, type FilledTarget } from './match-rule.ts'
import { valuesAt, valuesKept } from './payload.ts'
import type { EventFacts } from './read-event.ts'

/** What was kept of a piece of content before this event. */
export type Kept = Readonly<Record<string, string>> | null

/** A rule that an event fits, with its targets filled in. */
export interface Judged {
  readonly rule: HookRule
  readonly targets: readonly FilledTarget[]
}

/**
 * What an event means by a rule. A value that the event does not carry, as at a deletion, is taken from what was kept;
 * where both have it and it changed, as a slug does, the page under the old value has changed as well.
 */
export function judgeRule(
  rule: HookRule,
  sourceId: string,
  facts: EventFacts,
  kept: Kept,
): { readonly whyNot: string | null; readonly targets: readonly FilledTarget[] } {
  const now = (path: string) => {
    const values = valuesAt(facts.payload, path)
    return values.length > 0 || kept === null ? values : valuesKept(kept, path)
  }
  const problem = whyNot(rule, sourceId, facts, now)
  if (problem !== null) return { whyNot: problem, targets: [] }
  const targets = fillTargets(rule, now)
  if (kept === null) return { whyNot: null, targets }
  const before = fillTargets(rule, (path) => {
    const values = valuesKept(kept, path)
    return values.length > 0 ? values : valuesAt(facts.payload, path)
  })
  const known = new Set(targets.map(({ kind, text }) => `${kind} ${text}`))
  return {
    whyNot: null,
    targets: [...targets, ...before.filter(({ kind, text, problem }) => problem === null && !known.has(`${kind} ${text}`))],
  }
}
