import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { act, read } from './calls.ts'

export const JOB_KINDS = ['check', 'discover', 'plan', 'switch', 'reconcile', 'deploy', 'build'] as const

/** Something that takes a while. `waiting`: it has not begun. */
export const Job = z.object({
  id: z.string(),
  siteId: z.string(),
  kind: z.enum(JOB_KINDS),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  done: z.number(),
  total: z.number().nullable(),
  /** What has come of it so far, in words: "187 checked, 12 stored by this check, 1 failed". */
  note: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  canCancel: z.boolean(),
  /** Whether it stands still because somebody wanted it to; null when it cannot. */
  paused: z.boolean().nullable().default(null),
  /** At its pace of late; null while only its progress says it. */
  leftMs: z.number().nullable().default(null),
  /** How long its like usually take; null where that is not known. */
  usualMs: z.number().nullable().default(null),
  /** When one that waits begins by itself; null when it does not, or waits for something else. */
  startsAtMs: z.number().nullable().default(null),
})
export type Job = z.infer<typeof Job>
export type EndedJob = Job & { readonly state: 'done' | 'failed' | 'cancelled' }

/** What has changed in the core; the panel then asks again for what it shows. */
export const TOPICS = [
  'sites',
  'pages',
  'tags',
  'plans',
  'budget',
  'builds',
  'buildQueue',
  'published',
  'publishing',
  'deploys',
  'jobs',
  'log',
  'automation',
  'visits',
  'people',
  'hooks',
  'network',
  'upkeep',
  'views',
  'notices',
  'desktop',
] as const
export const Change = z.object({ topics: z.array(z.enum(TOPICS)) })
export type Change = z.infer<typeof Change>
export type Topic = (typeof TOPICS)[number]

/** What kind of thing was done. */
export const ACTIVITY_KINDS = ['purge', 'build', 'check', 'mark', 'site', 'budget', 'other'] as const
export const ActivityKind = z.enum(ACTIVITY_KINDS).catch('other')
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

export const ACTIVITY_RESULTS = ['begun', 'done', 'failed', 'cancelled'] as const
export const ActivityResult = z.enum(ACTIVITY_RESULTS)

/** What an entry is about, so that it can be opened. */
export const ActivitySubject = z.object({ kind: z.enum(['plan', 'build', 'page']), id: z.string() })
export type ActivitySubject = z.infer<typeof ActivitySubject>

/** What a feature tells of something that was done, beside who did it and its sentence. */
export interface ActivityFacts {
  readonly kind: ActivityKind
  readonly result?: z.infer<typeof ActivityResult>
  /** Items that were sent to the edge, and their price. */
  readonly cost?: { readonly items: number; readonly microDollars: number }
  readonly about?: ActivitySubject
}

export const LogEntry = z.object({
  id: z.number(),
  atMs: z.number(),
  siteId: z.string().nullable(),
  /** Null when it is about no site, or about one that has been removed. */
  siteName: z.string().nullable(),
  by: z.string(),
  kind: ActivityKind,
  text: z.string(),
  result: ActivityResult.nullable(),
  cost: z.object({ items: z.number().int(), microDollars: z.number().int() }).nullable(),
  about: ActivitySubject.nullable(),
})
export type LogEntry = z.infer<typeof LogEntry>

export const LogFilter = z.object({
  kinds: z.array(z.enum(ACTIVITY_KINDS)).optional(),
  by: z.string().max(200).optional(),
  siteId: z.string().optional(),
})
export type LogFilter = z.infer<typeof LogFilter>

export const activity = {
  /** Who is at the panel, and what runs it. */
  me: read.output(z.object({ person: z.string(), role: z.enum(['owner', 'operator', 'support']), version: z.string() })),
  jobs: read.output(z.array(Job)),
  cancelJob: act.input(z.object({ jobId: z.string() })).output(z.object({ cancelled: z.boolean() })),
  /** Has a job stand still, or go on. */
  pauseJob: act.input(z.object({ jobId: z.string(), paused: z.boolean() })).output(z.object({ paused: z.boolean() })),
  /** The newest first; `before` is the id of the last entry that was read. */
  log: read
    .input(
      LogFilter.extend({
        before: z.number().int().nullable().default(null),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ rows: z.array(LogEntry), next: z.number().nullable() })),
  /** Everybody who has done something, by name. */
  people: read.output(z.array(z.string())),
  changes: read.output(eventIterator(Change)),
}
