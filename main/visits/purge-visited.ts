import type { ActivityFacts } from '#shared/activity.ts'
import type { Changes } from '#main/platform/changes.ts'
import { delay } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import type { AutomaticPlans, PlansPort } from './automatic-plans.ts'
import type { WatchEnd, WatchStore } from './watch-store.ts'

export interface VisitedWorld {
  readonly store: WatchStore
  readonly plans: PlansPort
  readonly automatic: AutomaticPlans
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

/** Who the automatic plans of visits are by. */
export const BY_VISIT = 'when visited'
/** Visited pages that are purged with one plan at most; those visited meanwhile come with the next. */
const PAGES_AT_ONCE = 500
const POLL_MS = 250

/**
 * Purges the pages that were visited, of each site one plan after the other: the first visit at once, those that come until
 * the edge has accepted its purge together. Every step is on disk before it begins, so it goes on after a crash.
 */
export function createPurgeVisited(world: VisitedWorld): { serve(siteId: string): void } {
  const { store, plans } = world
  const serving = new Set<string>()

  /** Settles what is known to have ended, and starts what a crash kept from starting. */
  async function settle(siteId: string): Promise<boolean> {
    let open = false
    for (const planId of store.purgePlans(siteId)) {
      const plan = await plans.read(planId)
      if (plan.state === 'draft') await begin(siteId, planId)
      else if (plan.endedAtMs !== null || plans.wasSent(planId)) {
        store.settle(planId, endsOf(planId))
        world.changes.tell('visits')
      } else open = true
    }
    return open
  }

  function endsOf(planId: string): Map<number, WatchEnd> {
    const sent = plans.wasSent(planId)
    const ends = new Map<number, WatchEnd>()
    for (const { pageId, decision } of plans.pages(planId)) {
      if (pageId === null) continue
      if (decision === 'purge' && sent) ends.set(pageId, 'purged')
      if (decision === 'not-needed') ends.set(pageId, 'not-needed')
    }
    return ends
  }

  async function begin(siteId: string, planId: string): Promise<void> {
    const attempt = await world.automatic.start(planId, BY_VISIT)
    if (attempt === 'started') return
    store.settle(planId, 'nothing' in attempt ? endsOf(planId) : new Map())
    if ('refused' in attempt) tellProblem(siteId, planId, attempt.refused)
    plans.drop(planId)
    world.changes.tell('visits')
  }

  function tellProblem(siteId: string, planId: string, reason: string): void {
    const pageIds = plans.pages(planId).flatMap(({ pageId }) => pageId ?? [])
    const problem = `A visited page was not purged: ${reason} It is tried again at its next visit.`
    for (const watched of store.setProblem(store.watchersOf(pageIds), problem))
      world.note(siteId, BY_VISIT, problem, { kind: 'purge', result: 'failed', about: { kind: 'plan', id: watched } })
  }

  async function next(siteId: string): Promise<boolean> {
    const waiting = store.waiting(siteId, PAGES_AT_ONCE)
    if (waiting.length === 0) return false
    const pageIds = [...new Set(waiting.map(({ pageId }) => pageId))]
    const { id } = await plans.create(siteId, { kind: 'pages', pageIds }, BY_VISIT, {
      build: false,
      by: 'paths',
      origin: 'automatic',
    })
    store.setPurge(pageIds, id)
    await begin(siteId, id)
    return true
  }

  async function serveSite(siteId: string): Promise<void> {
    for (;;) {
      const open = await settle(siteId)
      if (open) await delay(POLL_MS, world.stopped)
      else if (!(await next(siteId))) return
    }
  }

  return {
    serve(siteId) {
      if (serving.has(siteId) || world.stopped.aborted) return
      serving.add(siteId)
      serveSite(siteId)
        .catch((error: unknown) => {
          if (!world.stopped.aborted) world.log.error({ err: error, siteId }, 'purges of visited pages')
        })
        .finally(() => serving.delete(siteId))
    },
  }
}
