import type { ActivityKind, LogEntry } from './activity.ts'
import type { PurgeRecord, PurgeSource } from './budget.ts'
import type { BuildState } from './builds.ts'
import type { Delivery } from './hooks.ts'
import type { FreshnessWord } from './http-cache/freshness.ts'
import type { Plan } from './plans.ts'

// What people read where the program has a code: on the screens, and in the files that are made of them.

const FRESHNESS_WORDS: Readonly<Record<FreshnessWord, string>> = {
  fresh: 'In date',
  pending: 'Waiting for build',
  outdated: 'Old copy',
  'stale-allowed': 'Refreshes on next visit',
  expired: 'Due',
  absent: 'Not at this edge',
  uncached: 'Asks origin every time',
  error: 'Error stored',
  unknown: 'Not checked',
  failed: 'Check failed',
}

/** A copy that is in date and was compared with the origin is told apart. */
export function freshnessSays(word: FreshnessWord, proven: boolean): string {
  return word === 'fresh' && proven ? 'Up to date' : FRESHNESS_WORDS[word]
}

export const PLAN_WORDS: Readonly<Record<Plan['state'], string>> = {
  draft: 'Draft',
  building: 'Making the origin new',
  purging: 'Purging',
  checking: 'Checking',
  warming: 'Visiting',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** Where a plan stands, with how far its purge is and what its check found. */
export function planSays({ state, queue, check }: Pick<Plan, 'state' | 'queue' | 'check'>): string {
  if (state === 'purging') return queue.stage === 'waiting' ? 'Waiting' : queue.stage === 'sending' ? 'Sending' : 'In progress'
  if (state === 'done' && check.state === 'failed') return 'Not all new'
  return state === 'done' && check.state === 'done' ? 'Verified' : PLAN_WORDS[state]
}

export const PURGE_WORDS: Readonly<Record<PurgeRecord['state'], string>> = {
  intent: 'Being sent',
  sent: 'In progress',
  completed: 'Completed',
  refused: 'Not sent',
  covered: 'Went with another',
}

/** Whose purges: of this installation, another one, or none. */
export const SOURCE_WORDS: Readonly<Record<PurgeSource, string>> = {
  here: 'This Frostline',
  elsewhere: 'Other Frostlines',
  outside: 'Outside Frostline',
}

export const BUILD_WORDS: Readonly<Record<BuildState, string>> = {
  triggering: 'Starting',
  queued: 'Queued',
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
  accepted: 'Accepted',
  lost: 'Lost',
}

/** What became of a delivery. */
export function deliverySays({
  state,
  sameAs,
  rules,
  replayOf,
}: Pick<Delivery, 'state' | 'sameAs' | 'rules' | 'replayOf'>): string {
  if (state === 'waiting') return 'Waiting'
  if (state === 'refused') return 'Refused'
  if (state === 'failed') return 'Not readable'
  if (sameAs !== null) return 'Known already'
  if (rules.length === 0) return 'No rule fits'
  return replayOf === null ? 'Worked through' : 'Replayed'
}

export const KIND_WORDS: Readonly<Record<ActivityKind, string>> = {
  purge: 'Purge',
  build: 'Build',
  check: 'Check',
  mark: 'Mark',
  site: 'Site',
  budget: 'Budget',
  other: 'Other',
}

export const RESULT_WORDS: Readonly<Record<NonNullable<LogEntry['result']>, string>> = {
  begun: 'Begun',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}
