import type { LaneReport } from '#shared/purge-lane.ts'
import type { PurgeQuotas } from '#main/providers/edge.ts'
import type { LaneState } from './lane.ts'
import type { WaitReason } from './lane-ticket.ts'

/** What a purge waits for, as a sentence. */
export function waitSentence(reason: WaitReason, quotas: PurgeQuotas | null): string {
  const count = (number: number | undefined, word: string) =>
    `${(number ?? 0).toLocaleString('en-US')} ${word}${number === 1 ? '' : 's'}`
  switch (reason) {
    case 'merging':
      return 'Waits a moment: others may make some of it needless.'
    case 'paused':
      return 'Automation is paused. Resume it, or run this one now.'
    case 'calls':
      return 'Its turn comes when those before it are sent.'
    case 'throttled':
      return 'The edge asked this account to slow down.'
    case 'items-per-second':
      return `Waits for the quota: ${count(quotas?.perSecond.items, 'item')} a second.`
    case 'prefixes-per-second':
      return `Waits for the quota: ${count(quotas?.perSecond.prefixes, 'wildcard')} a second.`
    case 'items-in-progress':
      return `Waits for the quota: ${count(quotas?.inProgress.items, 'item')} in progress at a time.`
    case 'prefixes-in-progress':
      return `Waits for the quota: ${count(quotas?.inProgress.prefixes, 'wildcard')} in progress at a time.`
  }
}

/** The lane's state for people. */
export function reportLane(state: LaneState, quotas: PurgeQuotas | null, target: string, nowMs: number): LaneReport {
  return {
    waiting: state.waiting,
    // That automation is paused is told on every screen.
    waits: state.waits
      .filter(({ reason }) => reason !== 'paused')
      .map(({ reason, count, forMs }) => ({
        says: waitSentence(reason, quotas),
        count,
        untilMs: forMs === null ? null : nowMs + forMs,
      })),
    inProgress: { ...state.inProgress(target), atMost: quotas?.inProgress ?? null },
  }
}
