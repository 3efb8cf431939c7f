import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { act, read } from './calls.ts'

export const BUILD_STATES = ['triggering', 'queued', 'running', 'succeeded', 'failed', 'cancelled', 'accepted', 'lost'] as const
/** `accepted`: the hook took it and tells no more. `lost`: its status monitor answers no longer. */
export const BuildState = z.enum(BUILD_STATES)
export type BuildState = z.infer<typeof BuildState>

export const Build = z.object({
  id: z.string(),
  state: BuildState,
  title: z.string(),
  causes: z.array(z.string()),
  queuedAtMs: z.number(),
  /** When a queued build is going to start. */
  startsAtMs: z.number().nullable(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  progress: z.object({ done: z.number(), total: z.number(), phase: z.string() }).nullable(),
  error: z.string().nullable(),
  release: z.object({ id: z.string(), published: z.boolean(), live: z.boolean() }).nullable(),
  hasLog: z.boolean(),
  /** Where a person can read the log, at services that give it to nobody else. */
  logLink: z.string().nullable().default(null),
  canCancel: z.boolean(),
})
export type Build = z.infer<typeof Build>

/** A rule that leads an address to another one, as a release has it. */
export const RedirectRule = z.object({
  from: z.string(),
  to: z.string(),
  status: z.number(),
  force: z.boolean().optional(),
  query: z.record(z.string(), z.string()).optional(),
  conditions: z.array(z.string()).optional(),
})

/** What answers an address by the release that visitors get: a file, or the first rule that matches. */
export const AnsweringRule = z.object({
  host: z.string(),
  path: z.string(),
  release: z.object({ id: z.string(), title: z.string().nullable() }),
  /** A file of the release lies there; null when that is not known. Only a forced rule comes before it. */
  file: z.boolean().nullable(),
  /** `place`: from 1, in the order of matching. */
  rule: RedirectRule.extend({ place: z.number() }).nullable(),
  /** Where the rule leads, with its parts filled in. */
  target: z.string().nullable(),
  /** Rules above it that depend on the visitor. */
  depending: z.array(RedirectRule.extend({ place: z.number() })),
  ruleCount: z.number(),
})
export type AnsweringRule = z.infer<typeof AnsweringRule>

export const builds = {
  list: read.input(z.object({ siteId: z.string() })).output(z.array(Build)),
  /** Which redirect rule answers an address or a path of the site. Throws `NOT_FOUND` while no release is live. */
  rule: read.input(z.object({ siteId: z.string(), address: z.string().trim().min(1).max(8_000) })).output(AnsweringRule),
  trigger: act.input(z.object({ siteId: z.string(), title: z.string().trim().max(120).default('') })).output(Build),
  cancel: act.input(z.object({ buildId: z.string() })).output(z.object({ requested: z.boolean() })),
  /** The log from its beginning, as it is written; ends when the build has ended. */
  log: read.input(z.object({ buildId: z.string() })).output(eventIterator(z.object({ line: z.string() }))),
}
