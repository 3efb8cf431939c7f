import * as z from 'zod'
import type { SourceKind } from './hook-sources.ts'

/** What happened, in one word for all vendors. */
export const HOOK_EVENTS = ['published', 'unpublished', 'deleted', 'saved', 'created', 'pushed', 'other'] as const
export const HookEvent = z.enum(HOOK_EVENTS)
export type HookEvent = z.infer<typeof HookEvent>

export const CONDITIONS = ['is', 'is-not', 'begins-with', 'exists'] as const
export const RuleCondition = z.object({
  /** A path into the payload, `fields.slug.en-US`; `*` stands for every name or place in a list. */
  field: z.string().trim().min(1, 'Name a field, such as fields.slug.en-US').max(200),
  is: z.enum(CONDITIONS),
  value: z.string().max(200).default(''),
})
export type RuleCondition = z.infer<typeof RuleCondition>

/** What has changed: a tag or a path, with `{field}` for values of the payload. */
export const RuleTarget = z.object({
  kind: z.enum(['tag', 'path']),
  text: z.string().trim().min(1, 'Write a tag or a path, such as pb-menu:{slug} or /lolly/{slug}').max(300),
})
export type RuleTarget = z.infer<typeof RuleTarget>

export const PURGE_WHENS = ['no', 'now', 'when-visited', 'let-expire'] as const
export const PurgeWhen = z.enum(PURGE_WHENS)
export type PurgeWhen = z.infer<typeof PurgeWhen>

export const RuleInput = z
  .object({
    id: z.string().nullable().default(null),
    enabled: z.boolean().default(true),
    /** Null: any source of the site. */
    sourceId: z.string().nullable(),
    /** Empty: any. */
    events: z.array(HookEvent).max(HOOK_EVENTS.length),
    /** The content type, the collection or the branch; empty: any. */
    type: z.string().trim().max(200).default(''),
    conditions: z.array(RuleCondition).max(5).default([]),
    targets: z.array(RuleTarget).max(10),
    purge: PurgeWhen,
    rebuild: z.boolean(),
    /** Has the renderer render these pages again. */
    refresh: z.boolean(),
    /** A line in the activity log for each delivery. */
    notify: z.boolean(),
  })
  .refine((rule) => rule.targets.length > 0 || rule.rebuild || rule.notify, {
    path: ['targets'],
    error: 'Say what it does: mark a tag or a path, rebuild, or notify',
  })
  .refine((rule) => rule.targets.length > 0 || (!rule.refresh && rule.purge === 'no'), {
    path: ['targets'],
    error: 'Name a tag or a path: purging and refreshing need to know which pages',
  })
export type RuleInput = z.infer<typeof RuleInput>

/** A rule as a person may save it. What was kept before is read by `RuleInput`, so that no rule is lost. */
export const RuleToSave = RuleInput.superRefine(({ targets }, context) => {
  for (const [index, target] of targets.entries()) {
    const message = targetProblem(target)
    if (message !== null) context.addIssue({ code: 'custom', path: ['targets', index, 'text'], message })
  }
})

/** What is wrong with a tag or a path as it is written, before its placeholders are filled in; null when nothing is. */
export function targetProblem({ kind, text }: RuleTarget): string | null {
  const rest = text.replaceAll(/\{[^{}]+\}/g, '')
  if (rest.includes('{}')) return `The ${kind} “${text}” has an empty { }. Name a field in it, such as {slug}`
  if (rest.includes('{')) return `The ${kind} “${text}” has a { without its }. Write {field}, such as {slug}`
  if (rest.includes('}')) return `The ${kind} “${text}” has a } without its {. Write {field}, such as {slug}`
  // A value may begin with its slash.
  if (kind === 'path' && !/^[/{]/.test(text)) return `The path “${text}” does not begin with a slash. Write /${text}`
  return null
}

export type HookRule = RuleInput & { readonly id: string }

export const EVENT_WORDS: Readonly<Record<HookEvent, string>> = {
  published: 'published',
  unpublished: 'unpublished',
  deleted: 'deleted',
  saved: 'saved',
  created: 'created',
  pushed: 'pushed',
  other: 'anything else',
}

const PURGE_WORDS: Readonly<Record<PurgeWhen, string | null>> = {
  no: null,
  now: 'purge **now**',
  'when-visited': 'purge **when visited**',
  'let-expire': 'let the copies **expire**',
}

/** A rule as a sentence; what was chosen stands between `**`. */
export function ruleSentence(rule: RuleInput, sourceName: string | null): string {
  const events = rule.events.length === 0 ? 'anything' : rule.events.map((event) => EVENT_WORDS[event]).join(' or ')
  const when = `When **${sourceName ?? 'any source'}** sends **${events}**${rule.type === '' ? '' : ` of type **${rule.type}**`}`
  const where = rule.conditions.map(conditionWords).join(' and ')
  const does = [
    ...(rule.targets.length === 0 ? [] : [`mark ${rule.targets.map(({ text }) => `**${text}**`).join(' and ')} as changed`]),
    ...(rule.refresh ? ['have the pages **rendered again**'] : []),
    ...(rule.rebuild ? ['**rebuild**'] : []),
    ...(PURGE_WORDS[rule.purge] === null ? [] : [PURGE_WORDS[rule.purge]]),
    ...(rule.notify ? ['write it in the **activity log**'] : []),
  ]
  return `${when}${where === '' ? '' : ` and ${where}`} → ${does.join(', ')}.`
}

function conditionWords({ field, is, value }: RuleCondition): string {
  if (is === 'exists') return `**${field}** is there`
  const verb = is === 'is' ? 'is' : is === 'is-not' ? 'is not' : 'begins with'
  return `**${field}** ${verb} **${value}**`
}

const none = { id: null, enabled: true, type: '', refresh: false, notify: false } as const

/** Rules to begin with, which are then edited: paths and tags are each site's own. */
export function readyRules(kind: SourceKind, sourceId: string): RuleInput[] {
  const rule = (events: HookEvent[], ...texts: string[]): RuleInput => ({
    ...none,
    sourceId,
    conditions: [],
    events,
    targets: texts.map((text) => ({ kind: text.startsWith('/') ? 'path' : 'tag', text })),
    purge: 'no',
    rebuild: true,
  })
  switch (kind) {
    case 'contentful':
      return [rule(['published', 'unpublished', 'deleted'], '/{fields.slug.*}')]
    case 'sanity':
      return [rule(['published', 'deleted'], '/{slug}')]
    case 'github':
      return [{ ...rule(['pushed']), type: 'main' }]
    case 'header':
      return [rule(['published', 'unpublished', 'deleted', 'saved'], '/{entry.slug}')]
    case 'hmac':
      return [rule(['published', 'unpublished', 'deleted'], '/{slug}')]
  }
}
