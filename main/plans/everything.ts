import { AppError } from '#shared/errors.ts'
import type { CheckItem } from './check-item.ts'
import type { CoverAnswer } from './cover/cover-task.ts'
import type { Decision } from './decide.ts'
import type { Target } from './targets.ts'

const ALL = '/*'

/** Where everything is purged, no page can be held back: it is said what becomes of it. */
export function asPartOfAll(decision: Decision, { held }: Target): Decision {
  if (decision.decision === 'held-back')
    return {
      decision: 'purge',
      reason: 'Purged with everything, although its origin is still old: the old page is stored again. Build first.',
    }
  if (decision.decision === 'not-needed' && held)
    return { decision: 'not-needed', reason: `${decision.reason} It goes cold with everything.` }
  return decision
}

/** The one item for everything. Throws `BAD_INPUT` where the edge takes no such item. */
export function allAtOnce(decided: readonly (Decision & { readonly target: Target })[], checkItem: CheckItem): CoverAnswer {
  const checked = checkItem(ALL)
  if (!checked.ok) throw new AppError('BAD_INPUT', checked.reason, { field: 'selection' })
  const going = decided.filter(({ decision }) => decision !== 'not-needed')
  const alsoCold = decided.filter(({ decision, target }) => decision === 'not-needed' && target.held).length
  return {
    items: [
      {
        item: checked.item,
        kind: 'prefix',
        pages: going.length,
        alsoCold,
        refillMicroDollars: 0,
        why: 'Everything that the edge holds.',
        risk: null,
      },
    ],
    options: [],
    curve: [],
    gapMicroDollars: 0,
    refused: [],
    leftOutTags: [],
    elsewhere: '',
    capped: false,
    nearest: null,
  }
}
