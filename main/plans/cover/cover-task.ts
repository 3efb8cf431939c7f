import type { PlanItem } from '#shared/plan-items.ts'
import { countItems, type CountedItems, type Refill } from './count-items.ts'
import { loadCover, type CoverSource, type CoverWish, type LoadedCover } from './load-cover.ts'
import { nearestCover, type Nearest } from './nearest-cover.ts'
import { planCover, type CoverPlan } from './plan-cover.ts'
import { zonesText } from './zones-text.ts'

export const COVER_CHOICES = ['exact', 'balanced', 'one'] as const
export type CoverChoice = (typeof COVER_CHOICES)[number]

/** One of the ready-made ways, by its numbers. */
export interface CoverOption {
  readonly choice: CoverChoice
  readonly items: number
  readonly alsoCold: number
  readonly refill: Refill
  /** Pages in no list that its wildcards are taken to reach. */
  readonly unlisted: number
}

export interface CoverAnswer {
  readonly items: readonly PlanItem[]
  /** Empty when no cover stays within the cap. */
  readonly options: readonly CoverOption[]
  /** Fewest items first; at most some dozen points of it. `exact`: nothing better has so few items. */
  readonly curve: readonly { readonly items: number; readonly alsoCold: number; readonly exact: boolean }[]
  /** How much cheaper than the balanced way any way at all can be, in micro-dollars; 0 when none is. */
  readonly gapMicroDollars: number
  readonly refused: LoadedCover['refused']
  readonly leftOutTags: LoadedCover['leftOutTags']
  /** Where other pages go cold beside the zones of the wanted ones, as a sentence; empty when they do not. */
  readonly elsewhere: string
  /** Ways with more items were left out, since the cap allows fewer. */
  readonly capped: boolean
  /** What is nearest when no cover stays within the cap; null when one does. */
  readonly nearest: Nearest | null
}

const CURVE_POINTS = 60

/** Chooses the items of a purge among all covers of a distribution's pages. Same database and wish, same answer. */
export function coverPages(source: CoverSource, wish: CoverWish & { readonly choice: CoverChoice }): CoverAnswer {
  const loaded = loadCover(source, wish)
  const plan = planCover(loaded.input)
  const points = { exact: plan.gentlest, balanced: plan.balanced, one: plan.fewest }
  const counted = new Map<number, CountedItems>()
  const countedAt = (at: number) => {
    const known = counted.get(at) ?? countItems(loaded, plan.cover(at))
    counted.set(at, known)
    return known
  }
  const chosen = points[wish.choice]
  return {
    items: chosen === null ? [] : countedAt(chosen).items,
    options: COVER_CHOICES.flatMap((choice) => {
      const at = points[choice]
      if (at === null) return []
      const { items, refill } = countedAt(at)
      const unlisted = items.reduce((sum, { risk }) => sum + (risk?.unlisted ?? 0), 0)
      return [{ choice, items: items.length, alsoCold: refill.pages, refill, unlisted }]
    }),
    curve: thinned(plan, wish),
    gapMicroDollars: Math.round(plan.gapMicroDollars),
    refused: loaded.refused,
    leftOutTags: loaded.leftOutTags,
    elsewhere: chosen === null ? '' : zonesText(source.raw, wish.siteId, countedAt(chosen).coldByZone),
    capped: plan.curve.some(({ items }) => items > (wish.mostItems ?? Infinity)),
    nearest:
      chosen === null && plan.curve.length > 0
        ? nearestCover(loaded, countedAt(0).items, plan.cover(0), wish.mostItems ?? 0)
        : null,
  }
}

/** The points that make fewer pages cold than every one with fewer items, and the last; on the hull told from the cost alone. */
function thinned(plan: CoverPlan, wish: CoverWish): CoverAnswer['curve'] {
  const points: { items: number; alsoCold: number; exact: boolean }[] = []
  for (const [at, { items, coldPages, coldCost, exact }] of plan.curve.entries()) {
    const alsoCold = coldPages ?? Math.round(coldCost / Math.max(1, wish.refillMicroDollars))
    if (alsoCold < (points.at(-1)?.alsoCold ?? Infinity) || at === plan.curve.length - 1) points.push({ items, alsoCold, exact })
  }
  const every = Math.max(1, Math.ceil(points.length / CURVE_POINTS))
  return points.filter((_point, at) => at % every === 0 || at === points.length - 1)
}
