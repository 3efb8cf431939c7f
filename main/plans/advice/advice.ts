import { adviceFor, routeOf, type Advice } from '#shared/advice.ts'
import type { Budget } from '#shared/budget.ts'
import type { PlanPage } from '#shared/plans.ts'
import { os } from '#main/platform/rpc.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { AdviceInput, SiteFacts } from './advice-task.ts'

export interface AdviceWorld {
  readonly clock: Clock
  /** Reads what is stored of a whole site; not on the core thread. */
  readFacts(input: AdviceInput): Promise<SiteFacts>
  budgetOf(siteId: string): Promise<Budget>
  pagesOf(planId: string): readonly PlanPage[]
  classesOf(planId: string): readonly string[]
}

/** History changes slowly, and reading all of it takes a while. */
const KEPT_MS = 300_000
const KINDS: readonly Advice['kind'][] = ['shorter-lifetime', 'browser-lifetime', 'longer-lifetime']

export function adviceHandlers(world: AdviceWorld) {
  const known = new Map<string, { readonly atMs: number; readonly facts: Promise<SiteFacts> }>()
  const factsOf = (siteId: string): Promise<SiteFacts> => {
    const nowMs = world.clock()
    const before = known.get(siteId)
    if (before && Math.abs(nowMs - before.atMs) < KEPT_MS) return before.facts
    const facts = world.readFacts({ siteId, nowMs })
    known.set(siteId, { atMs: nowMs, facts })
    facts.catch(() => known.delete(siteId))
    return facts
  }
  const isAbout = (planId: string) => {
    const routes = new Set(world.pagesOf(planId).map(({ path }) => routeOf(path)))
    const classes = new Set(world.classesOf(planId))
    return ({ about }: Advice) => (about.kind === 'route' ? routes : classes).has(about.name)
  }
  return os.advice.router({
    list: os.advice.list.handler(async ({ input: { siteId, planId } }) => {
      const { groups, privatePages } = await factsOf(siteId)
      const { priceMicroDollars } = await world.budgetOf(siteId)
      const all = groups
        .toSorted((a, b) => b.pages - a.pages || (a.about.name < b.about.name ? -1 : 1))
        .flatMap((facts) => adviceFor(facts, priceMicroDollars))
        .toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
      return { advice: planId === undefined ? all : all.filter(isAbout(planId)), privatePages }
    }),
  })
}
