import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { act, read } from './calls.ts'

export const JOB_KINDS = ['check', 'discover', 'plan', 'switch'] as const

/** Something that takes a while. */
export const Job = z.object({
  id: z.string(),
  siteId: z.string(),
  kind: z.enum(JOB_KINDS),
  title: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.number(),
  total: z.number().nullable(),
  /** What has come of it so far, in words: "187 checked, 12 stored by this check, 1 failed". */
  note: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  canCancel: z.boolean(),
})
export type Job = z.infer<typeof Job>

/** What has changed in the core; the panel then asks again for what it shows. */
export const TOPICS = ['sites', 'pages', 'tags', 'plans', 'budget', 'builds', 'deploys', 'jobs', 'log'] as const
export const Change = z.object({ topics: z.array(z.enum(TOPICS)) })
export type Change = z.infer<typeof Change>
export type Topic = (typeof TOPICS)[number]

export const LogEntry = z.object({
  id: z.number(),
  atMs: z.number(),
  siteId: z.string().nullable(),
  by: z.string(),
  text: z.string(),
})
export type LogEntry = z.infer<typeof LogEntry>

export const activity = {
  /** Who is at the panel, and what runs it. */
  me: read.output(z.object({ person: z.string(), role: z.enum(['owner', 'operator', 'support']), version: z.string() })),
  jobs: read.output(z.array(Job)),
  cancelJob: act.input(z.object({ jobId: z.string() })).output(z.object({ cancelled: z.boolean() })),
  log: read.input(z.object({ limit: z.number().int().min(1).max(200).default(50) })).output(z.array(LogEntry)),
  changes: read.output(eventIterator(Change)),
}
