import { EVENT_WORDS, type RuleCondition, type RuleInput } from '#shared/hook-rules.ts'
import { TagText } from '#shared/tags.ts'
import type { EventFacts } from './read-event.ts'

/** Looks a path up in the payload, and where that has nothing, in what was kept of the content. */
export type Lookup = (path: string) => readonly string[]

/** The first thing of a rule that does not fit an event, as a sentence; null when all of it does. */
export function whyNot(rule: RuleInput, sourceId: string, facts: EventFacts, lookup: Lookup): string | null {
  if (rule.sourceId !== null && rule.sourceId !== sourceId) return 'It came from another source.'
  if (rule.events.length > 0 && !rule.events.includes(facts.event))
    return `It says “${EVENT_WORDS[facts.event]}”, and the rule waits for ${rule.events.map((event) => `“${EVENT_WORDS[event]}”`).join(' or ')}.`
  if (rule.type !== '' && rule.type.toLowerCase() !== (facts.type ?? '').toLowerCase())
    return `Its type is ${facts.type === null ? 'not told' : `“${facts.type}”`}, and the rule waits for “${rule.type}”.`
  const failed = rule.conditions.find((condition) => !holds(condition, lookup(condition.field)))
  return failed ? `Its field ${failed.field} does not fit: ${lookup(failed.field).join(', ') || 'it is not there'}.` : null
}

function holds({ is, value }: RuleCondition, values: readonly string[]): boolean {
  if (is === 'exists') return values.length > 0
  if (is === 'is-not') return !values.includes(value)
  return values.some((one) => (is === 'is' ? one === value : one.startsWith(value)))
}

/** A target with its placeholders filled in. */
export interface FilledTarget {
  readonly kind: 'tag' | 'path'
  readonly text: string
  readonly problem: string | null
}

/** One placeholder may stand for several values; two of them for every pair. */
const MOST_TEXTS = 1_000

/** The targets of a rule for an event. One whose value is missing or makes no tag or path says so instead. */
export function fillTargets(rule: RuleInput, lookup: Lookup): FilledTarget[] {
  return rule.targets.flatMap(({ kind, text }): FilledTarget[] => {
    const filled = fill(text, lookup)
    if ('missing' in filled)
      return [{ kind, text, problem: `The delivery has no ${filled.missing}, and nothing was kept of it before.` }]
    return filled.texts.map((one) => (kind === 'tag' ? asTag(one) : asPath(one)))
  })
}

function fill(template: string, lookup: Lookup): { readonly texts: string[] } | { readonly missing: string } {
  let texts = ['']
  for (const [, literal = '', path] of template.matchAll(/([^{}]*)(?:\{([^{}]+)\}|$)/g)) {
    const values = path === undefined ? [''] : lookup(path.trim())
    if (values.length === 0) return { missing: path ?? '' }
    texts = texts.flatMap((text) => values.map((value) => text + literal + value)).slice(0, MOST_TEXTS)
  }
  return { texts: [...new Set(texts)] }
}

function asTag(text: string): FilledTarget {
  const tag = TagText.safeParse(text)
  return { kind: 'tag', text, problem: tag.success ? null : `${tag.error.issues[0]?.message ?? 'This is no tag'}.` }
}

function asPath(text: string): FilledTarget {
  const path = `/${text}`.replace(/\/{2,}/g, '/')
  const bad = /[\s\\*]|^\/\.\.?(\/|$)/.test(path)
  return { kind: 'path', text: path, problem: bad ? 'This is no path: it has a space, a * or a way upwards in it.' : null }
}
