import { priceOf, type Budget } from '#shared/budget.ts'
import {
  visitItemsAtMost,
  type PlanWhen,
  type VisitLimits,
  type When,
  type WhenOffer,
  type WhenOffers,
} from '#shared/plan-choices.ts'
import type { PageFacts } from './page-facts.ts'

/** Pages of which it can be chosen when they are purged, each with what was chosen. */
export interface Choosable {
  readonly pageIds: readonly number[]
  readonly facts: ReadonlyMap<number, PageFacts>
  whenOf(pageId: number): When
}

/** What purging some pages at once takes. */
export interface NowCost {
  readonly items: number
  readonly alsoCold: number
}

const DAY_MS = 86_400_000
const CLASSES_SHOWN = 12

/**
 * What the choices come to for the pages that they were made for, and each of them for all. `now`: for the former and the
 * latter; `before`: items of the month so far.
 */
export function offersOf(
  choosable: Choosable,
  visits: VisitLimits,
  now: { readonly chosen: NowCost; readonly ifAll: NowCost },
  budget: Pick<Budget, 'allowance' | 'priceMicroDollars'>,
  before: number,
): Pick<PlanWhen, 'chosen' | 'ifAll'> {
  const { facts, whenOf } = choosable
  const by: Record<When, number[]> = { now: [], 'when-visited': [], expire: [] }
  for (const pageId of choosable.pageIds) by[whenOf(pageId)].push(pageId)
  const offers = (pages: Readonly<Record<When, readonly number[]>>, cost: NowCost, sentBefore: number): WhenOffers => ({
    now: {
      ...bare(pages.now),
      itemsAtMost: cost.items,
      alsoCold: cost.alsoCold,
      priceMicroDollars: priceOf(cost.items, before, budget),
    },
    'when-visited': visitOffer(pages['when-visited'], facts, visits, now.ifAll.items, (items) =>
      priceOf(items, before + sentBefore, budget),
    ),
    expire: { ...bare(pages.expire), ...expiryOf(pages.expire, facts) },
  })
  const all = choosable.pageIds
  return {
    chosen: offers(by, now.chosen, now.chosen.items),
    ifAll: offers({ now: all, 'when-visited': all, expire: all }, now.ifAll, 0),
  }
}

function bare(pageIds: readonly number[]): WhenOffer {
  return {
    pages: pageIds.length,
    itemsAtMost: 0,
    likelyItems: null,
    priceMicroDollars: 0,
    alsoCold: 0,
    lastExpiresAtMs: null,
    unknownPages: 0,
  }
}

function visitOffer(
  pageIds: readonly number[],
  facts: ReadonlyMap<number, PageFacts>,
  { mostItems, lastsSeconds }: VisitLimits,
  nowItems: number,
  price: (items: number) => number,
): WhenOffer {
  const itemsAtMost = visitItemsAtMost(pageIds.length, mostItems, nowItems)
  const rates = pageIds.map((pageId) => facts.get(pageId)?.visitsADay ?? null)
  const days = (lastsSeconds * 1_000) / DAY_MS
  // Visits of a page are taken to come by chance, so a page is visited at least once with 1 − e^(−rate × time).
  const visited = rates.reduce<number>((sum, rate) => sum + (rate === null ? 0 : 1 - Math.exp(-rate * days)), 0)
  return {
    ...bare(pageIds),
    ...expiryOf(pageIds, facts),
    itemsAtMost,
    likelyItems: rates.every((rate) => rate === null) ? null : Math.min(mostItems, Math.round(visited)),
    priceMicroDollars: price(itemsAtMost),
  }
}

function expiryOf(
  pageIds: readonly number[],
  facts: ReadonlyMap<number, PageFacts>,
): Pick<WhenOffer, 'lastExpiresAtMs' | 'unknownPages'> {
  let last: number | null = null
  let unknownPages = 0
  for (const pageId of pageIds) {
    const atMs = facts.get(pageId)?.expiresAtMs ?? null
    if (atMs === null) unknownPages += 1
    else last = Math.max(last ?? 0, atMs)
  }
  return { lastExpiresAtMs: last, unknownPages }
}

/** The tag classes of these pages, each with what was chosen for its pages. */
export function classesOf({ pageIds, facts, whenOf }: Choosable): PlanWhen['classes'] {
  const found = new Map<string, { pages: number; choice: When | 'mixed' }>()
  for (const pageId of pageIds) {
    const choice = whenOf(pageId)
    for (const tagClass of facts.get(pageId)?.classes ?? []) {
      const before = found.get(tagClass)
      found.set(tagClass, {
        pages: (before?.pages ?? 0) + 1,
        choice: before === undefined || before.choice === choice ? choice : 'mixed',
      })
    }
  }
  return [...found]
    .map(([tagClass, { pages, choice }]) => ({ tagClass, pages, choice }))
    .toSorted((a, b) => b.pages - a.pages || (a.tagClass < b.tagClass ? -1 : 1))
    .slice(0, CLASSES_SHOWN)
}

/** The same with the prices of another moment. */
export function repricedWhen(when: PlanWhen, budget: Pick<Budget, 'allowance' | 'priceMicroDollars'>, before: number): PlanWhen {
  const again = (offers: WhenOffers, sentBefore: number): WhenOffers => {
    const visited = offers['when-visited']
    return {
      ...offers,
      now: { ...offers.now, priceMicroDollars: priceOf(offers.now.itemsAtMost, before, budget) },
      'when-visited': { ...visited, priceMicroDollars: priceOf(visited.itemsAtMost, before + sentBefore, budget) },
    }
  }
  return { ...when, chosen: again(when.chosen, when.chosen.now.itemsAtMost), ifAll: again(when.ifAll, 0) }
}
