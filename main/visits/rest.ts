import type { AutomaticPlans } from './automatic-plans.ts'
import type { DueWatch, EndStore } from './end-store.ts'
import { BY_VISIT, type VisitedWorld } from './purge-visited.ts'
import type { Clock } from '#main/platform/clock.ts'

export interface RestWorld extends Pick<VisitedWorld, 'plans' | 'changes' | 'note'> {
  readonly clock: Clock
  readonly ends: EndStore
  readonly automatic: AutomaticPlans
  setProblem(planId: string, problem: string): boolean
}

/** One plan takes so many pages. */
const PAGES_AT_ONCE = 100_000
/** A limit that is reached is not looked at every few seconds. */
const TRY_AGAIN_MS = 600_000

/** At the end of a watch the pages that nobody has visited are purged by one plan. */
export function createRest(world: RestWorld): { look(): Promise<void> } {
  const { ends, plans } = world
  const notBefore = new Map<string, number>()

  async function purgeRest(watch: DueWatch): Promise<void> {
    const pageIds = [...ends.left(watch.planId, PAGES_AT_ONCE)]
    if (pageIds.length === 0) {
      if (ends.end(watch.planId)) world.changes.tell('visits')
      return
    }
    const { id } = await plans.create(watch.siteId, { kind: 'pages', pageIds }, BY_VISIT, {
      build: false,
      by: 'auto',
      origin: 'automatic',
    })
    ends.handOver(watch.planId, pageIds, id)
    await begin({ ...watch, restPlanId: id })
  }

  async function begin(watch: DueWatch & { readonly restPlanId: string }): Promise<void> {
    const { planId, siteId } = watch
    const about = { kind: 'plan', id: planId } as const
    const attempt = await world.automatic.start(watch.restPlanId, BY_VISIT)
    const drop = () => {
      ends.takeBack(planId)
      plans.drop(watch.restPlanId)
    }
    if (attempt === 'started') {
      ends.started(planId)
      ends.end(planId)
      const text = 'The time for visits is over: the pages that nobody visited are purged.'
      world.note(siteId, BY_VISIT, text, { kind: 'purge', result: 'begun', about })
    } else if ('nothing' in attempt) {
      drop()
      ends.notNeeded(planId)
      ends.end(planId)
      const text =
        attempt.nothing === 'held-back'
          ? 'The time for visits is over. The pages that are left were not purged: their origin is still old.'
          : 'The time for visits is over, and no page that is left needs a purge.'
      world.note(siteId, BY_VISIT, text, { kind: 'purge', result: 'done', about })
    } else {
      drop()
      notBefore.set(planId, world.clock() + TRY_AGAIN_MS)
      const problem = `The pages that nobody visited could not be purged: ${attempt.refused} It is tried again every 10 min.`
      if (world.setProblem(planId, problem)) world.note(siteId, BY_VISIT, problem, { kind: 'purge', result: 'failed', about })
    }
    world.changes.tell('visits')
  }

  return {
    async look() {
      for (const planId of ends.ofCancelledPlans()) ends.cancel(planId)
      for (const watch of ends.notStarted()) await begin(watch)
      const nowMs = world.clock()
      for (const watch of ends.due(nowMs)) if ((notBefore.get(watch.planId) ?? 0) <= nowMs) await purgeRest(watch)
    },
  }
}
