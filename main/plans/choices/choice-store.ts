import * as z from 'zod'
import { USUAL_VISIT_LIMITS, WhenChoice, type VisitLimits } from '#shared/plan-choices.ts'
import type { Database } from '#main/platform/database.ts'

/** What was chosen for a draft, in the order in which it was, and the limits of purging on visits. */
export interface PlanChoices {
  readonly when: readonly WhenChoice[]
  readonly visits: VisitLimits
}

export interface ChoiceStore {
  read(planId: string): PlanChoices
  save(planId: string, choices: PlanChoices): void
}

export const NO_CHOICES: PlanChoices = { when: [], visits: USUAL_VISIT_LIMITS }

/** A choice for all makes those before it count no more; to take it back brings them back, so a few are kept. */
const KEPT = 50

export function createChoiceStore({ raw }: Pick<Database, 'raw'>): ChoiceStore {
  const select = raw.prepare<[string], { choices: string; mostItems: number; lastsSeconds: number }>(
    'SELECT choices_json AS choices, most_items AS mostItems, lasts_seconds AS lastsSeconds FROM plan_choices WHERE plan_id = ?',
  )
  const write = raw.prepare(`INSERT INTO plan_choices (plan_id, choices_json, most_items, lasts_seconds)
    VALUES (@planId, @choices, @mostItems, @lastsSeconds)
    ON CONFLICT (plan_id) DO UPDATE SET choices_json = @choices, most_items = @mostItems, lasts_seconds = @lastsSeconds`)
  return {
    read(planId) {
      const row = select.get(planId)
      if (!row) return NO_CHOICES
      const { choices, mostItems, lastsSeconds } = row
      return { when: z.array(WhenChoice).parse(JSON.parse(choices)), visits: { mostItems, lastsSeconds } }
    },
    save(planId, { when, visits }) {
      write.run({ planId, choices: JSON.stringify(shortened(when)), ...visits })
    },
  }
}

function shortened(when: readonly WhenChoice[]): readonly WhenChoice[] {
  if (when.length <= KEPT) return when
  const whole = when.findLastIndex(({ pageIds, tagClass }) => pageIds === undefined && tagClass === undefined)
  return whole > 0 ? when.slice(whole) : when
}
