import type { VisitLimits, WhenChoice } from '#shared/plan-choices.ts'
import type { Choice } from '../drafts.ts'
import type { PlanChoices } from './choice-store.ts'

/** What a person changes of a draft. */
export interface Revision extends Omit<Choice, 'later'> {
  readonly when?: WhenChoice | undefined
  readonly visits?: VisitLimits | undefined
  readonly undoWhen?: boolean | undefined
}

/** The choices after a revision: the last one is taken back first, then a new one is added. */
export function revisedChoices(before: PlanChoices, { when, visits, undoWhen }: Revision): PlanChoices {
  const kept = undoWhen === true ? before.when.slice(0, -1) : before.when
  return { when: when ? [...kept, when] : kept, visits: visits ?? before.visits }
}
