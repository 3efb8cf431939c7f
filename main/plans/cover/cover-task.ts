import type { PlanItem } from '#shared/plans.ts'
import type { CoverInput } from './cover-input.ts'
import { loadCover, type CoverSource, type CoverWish, type LoadedCover } from './load-cover.ts'
import { planCover, type Cover, type CoverPlan } from './plan-cover.ts'

export const COVER_CHOICES = ['exact', 'balanced', 'one'] as const
export type CoverChoice = (typeof COVER_CHOICES)[number]

/** One of the ready-made ways, by its numbers. */
export interface CoverOption {
  readonly choice: CoverChoice
  readonly items: number
  readonly alsoCold: number
}

export interface CoverAnswer {
  readonly items: readonly PlanItem[]
  /** Empty when no cover stays within the cap. */
  readonly options: readonly CoverOption[]
  /** Fewest items first; at most some dozen points of it. */
  readonly curve: readonly { readonly items: number; readonly alsoCold: number }[]
  /** How much cheaper than the balanced way any way at all can be, in micro-dollars; 0 when none is. */
  readonly gapMicroDollars: number
  readonly refused: LoadedCover['refused']
  /** The fewest items that would do, when that is more than the cap. */
  readonly fewestItems: number
}

const CURVE_POINTS = 60

/** Chooses the items of a purge among all covers of a site's pages. Same database and wish, same answer. */
export function coverPages(source: CoverSource, wish: CoverWish & { readonly choice: CoverChoice }): CoverAnswer {
  const { input, refused } = loadCover(source, wish)
  const plan = planCover(input)
  const points = { exact: plan.gentlest, balanced: plan.balanced, one: plan.fewest }
  const covers = new Map<number, Cover>()
  const coverAt = (at: number) => {
    const known = covers.get(at) ?? plan.cover(at)
    covers.set(at, known)
    return known
  }
  const chosen = points[wish.choice]
  return {
    items: chosen === null ? [] : itemsOf(input, coverAt(chosen)),
    options: COVER_CHOICES.flatMap((choice) => {
      const at = points[choice]
      return at === null ? [] : [{ choice, items: plan.curve[at]!.items, alsoCold: coverAt(at).coldPages }]
    }),
    curve: thinned(plan, wish),
    gapMicroDollars: Math.round(plan.gapMicroDollars),
    refused,
    fewestItems: plan.curve[0]?.items ?? 0,
  }
}

/** The points that make fewer pages cold than every one with fewer items; on the hull told from the cost alone. */
function thinned(plan: CoverPlan, wish: CoverWish): CoverAnswer['curve'] {
  const points: { items: number; alsoCold: number }[] = []
  for (const { items, coldPages, coldCost } of plan.curve) {
    const alsoCold = coldPages ?? Math.round(coldCost / Math.max(1, wish.refillMicroDollars))
    if (alsoCold < (points.at(-1)?.alsoCold ?? Infinity)) points.push({ items, alsoCold })
  }
  const every = Math.max(1, Math.ceil(points.length / CURVE_POINTS))
  return points.filter((_point, at) => at % every === 0 || at === points.length - 1)
}

/** Each item with the wanted pages that it is the first to reach, and the others that go cold by it first. */
function itemsOf(input: CoverInput, cover: Cover): PlanItem[] {
  const gone = new Uint8Array(input.pathOf.length)
  const pagesOfPath: number[][] = input.paths.map(() => [])
  input.pathOf.forEach((path, page) => pagesOfPath[path]!.push(page))
  const tags = new Map(input.tags.map(({ tag, pages }) => [`#${tag}`, pages]))
  return cover.items.map(({ item, kind, low, high }) => {
    const reached = kind === 'tag' ? [...(tags.get(item) ?? [])] : pagesOfPath.slice(low, high).flat()
    let [pages, alsoCold] = [0, 0]
    for (const page of reached) {
      if (gone[page] === 1) continue
      gone[page] = 1
      if (input.must[page] === 1) pages++
      else if (input.held[page] === 1) alsoCold++
    }
    return { item, kind, pages, alsoCold }
  })
}
