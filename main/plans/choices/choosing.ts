import type { Query } from '#main/platform/database.ts'
import { decide, type Decision } from '../decide.ts'
import type { Target } from '../targets.ts'
import type { PlanChoices } from './choice-store.ts'
import { choose, isChoosable, whenOf } from './choose.ts'
import type { Choosable } from './offers.ts'
import { readPageFacts } from './page-facts.ts'

/** The choices for the pages of one plan, as they are worked out. */
export interface Chosen extends Choosable {
  choose(target: Target, decided: Decision): Decision
}

/** Reads what the choices for these pages rest on. `makes`: what the plan makes new first. */
export async function choosing(
  db: Query,
  targets: readonly Target[],
  makes: { readonly build: boolean; readonly refresh: boolean },
  choices: PlanChoices,
  nowMs: number,
): Promise<Chosen> {
  const pageIds = targets
    .filter((target) => isChoosable(target, decide(target, makes.build, makes.refresh)))
    .map(({ pageId }) => pageId)
  const facts = await readPageFacts(db, pageIds, nowMs)
  const chosenOf = whenOf(choices.when, facts)
  return {
    pageIds,
    facts,
    whenOf: chosenOf,
    choose: (target, decided) => choose(target, decided, chosenOf(target.pageId), facts.get(target.pageId), nowMs),
  }
}
