import type { VisitWatch } from '#shared/visits.ts'
import type { Database } from '#main/platform/database.ts'

/** What a new watch is for. */
export interface NewWatch {
  readonly planId: string
  readonly siteId: string
  readonly by: string
  readonly mostItems: number
  readonly untilMs: number
  readonly pageIds: readonly number[]
}

export interface Claimed {
  readonly planId: string
  readonly pageId: number
}

/** The end of a page's watch. */
export type WatchEnd = 'purged' | 'not-needed' | 'watching'

/** Pages that wait for a visit, on disk. */
export interface WatchStore {
  /** Inside the caller's transaction. */
  add(watch: NewWatch): void
  read(planId: string): VisitWatch | null
  siteOf(planId: string): string | null
  /**
   * Takes a visited page for one purge, when a plan watches it and may still send an item. Both in one transaction, so
   * that visits at one moment never pass the cap.
   */
  claim(pageId: number, nowMs: number): 'not-watched' | 'cap-reached' | 'begun'
  /** Sites with pages that were visited and whose purge is not known to have ended. */
  sitesAtWork(): readonly string[]
  /** Visited pages for which there is no purge yet, the first visited first. */
  waiting(siteId: string, most: number): readonly Claimed[]
  /** The plans by which visited pages are purged just now. */
  purgePlans(siteId: string): readonly string[]
  setPurge(pageIds: readonly number[], purgePlanId: string): void
  /** `ends` by page; pages without one wait for their next visit. */
  settle(purgePlanId: string, ends: ReadonlyMap<number, WatchEnd>): void
  /** Plans of which these pages wait for a visit. */
  watchersOf(pageIds: readonly number[]): readonly string[]
  setProblem(planIds: readonly string[], problem: string | null): readonly string[]
}

/** Counts with those that have used an item, or will. */
const SPENDS = `('claimed', 'purged')`

export function createWatchStore({ raw, transact }: Database): WatchStore {
  const insertPlan = raw.prepare(`INSERT INTO visit_plans (plan_id, site_id, by, most_items, until, state)
    VALUES (@planId, @siteId, @by, @mostItems, @untilMs, 'watching')`)
  const insertPage = raw.prepare(`INSERT INTO visit_watches (plan_id, page_id, state) VALUES (?, ?, 'watching')`)
  const plan = raw.prepare<[string], { planId: string; siteId: string; state: VisitWatch['state'] } & Omit<Head, 'planId'>>(
    `SELECT plan_id AS planId, site_id AS siteId, state, most_items AS mostItems, until AS untilMs,
       rest_plan_id AS restPlanId, problem FROM visit_plans WHERE plan_id = ?`,
  )
  const states = raw.prepare<[string], { state: string; pages: number }>(
    'SELECT state, count(*) AS pages FROM visit_watches WHERE plan_id = ? GROUP BY state',
  )
  const watchers = raw.prepare<[number], { planId: string; hasLeft: number }>(
    `SELECT visit_plans.plan_id AS planId, most_items > (SELECT count(*) FROM visit_watches AS other
         WHERE other.plan_id = visit_plans.plan_id AND other.state IN ${SPENDS}) AS hasLeft
       FROM visit_watches JOIN visit_plans ON visit_plans.plan_id = visit_watches.plan_id
       WHERE page_id = ? AND visit_watches.state = 'watching' AND visit_plans.state = 'watching' ORDER BY until`,
  )
  const take = raw.prepare(
    `UPDATE visit_watches SET state = 'claimed', visited_at = ?, purge_plan_id = NULL WHERE plan_id = ? AND page_id = ?`,
  )
  const ids = (pageIds: readonly number[]) => JSON.stringify(pageIds)
  return {
    add({ pageIds, ...head }) {
      insertPlan.run(head)
      for (const pageId of pageIds) insertPage.run(head.planId, pageId)
    },
    read(planId) {
      const row = plan.get(planId)
      if (!row) return null
      const { siteId: _, ...head } = row
      const count = Object.fromEntries(states.all(planId).map(({ state, pages }) => [state, pages]))
      return {
        ...head,
        watching: count['watching'] ?? 0,
        begun: count['claimed'] ?? 0,
        purged: count['purged'] ?? 0,
        notNeeded: count['not-needed'] ?? 0,
        rest: count['rest'] ?? 0,
      }
    },
    siteOf: (planId) => plan.get(planId)?.siteId ?? null,
    claim: (pageId, nowMs) =>
      transact(() => {
        const found = watchers.all(pageId)
        const free = found.find(({ hasLeft }) => hasLeft === 1)
        if (!free) return found.length === 0 ? 'not-watched' : 'cap-reached'
        take.run(nowMs, free.planId, pageId)
        return 'begun'
      }),
    sitesAtWork: () =>
      raw
        .prepare<[], { siteId: string }>(
          `SELECT DISTINCT site_id AS siteId FROM visit_watches JOIN visit_plans USING (plan_id) WHERE visit_watches.state = 'claimed'`,
        )
        .all()
        .map(({ siteId }) => siteId),
    waiting: (siteId, most) =>
      raw
        .prepare<[string, number], Claimed>(
          `SELECT plan_id AS planId, page_id AS pageId FROM visit_watches JOIN visit_plans USING (plan_id)
           WHERE site_id = ? AND visit_watches.state = 'claimed' AND purge_plan_id IS NULL ORDER BY visited_at, page_id LIMIT ?`,
        )
        .all(siteId, most),
    purgePlans: (siteId) =>
      raw
        .prepare<[string], { id: string }>(
          `SELECT DISTINCT purge_plan_id AS id FROM visit_watches JOIN visit_plans USING (plan_id)
           WHERE site_id = ? AND visit_watches.state = 'claimed' AND purge_plan_id IS NOT NULL`,
        )
        .all(siteId)
        .map(({ id }) => id),
    setPurge(pageIds, purgePlanId) {
      raw
        .prepare(
          `UPDATE visit_watches SET purge_plan_id = ? WHERE state = 'claimed' AND purge_plan_id IS NULL
           AND page_id IN (SELECT value FROM json_each(?))`,
        )
        .run(purgePlanId, ids(pageIds))
    },
    settle(purgePlanId, ends) {
      transact(() => {
        const set = raw.prepare(
          `UPDATE visit_watches SET state = ? WHERE purge_plan_id = ? AND page_id = ? AND state = 'claimed'`,
        )
        for (const [pageId, end] of ends) set.run(end, purgePlanId, pageId)
        raw
          .prepare(
            `UPDATE visit_watches SET purge_plan_id = NULL, state = CASE (SELECT state FROM visit_plans
               WHERE visit_plans.plan_id = visit_watches.plan_id) WHEN 'cancelled' THEN 'cancelled' ELSE 'watching' END
             WHERE purge_plan_id = ? AND state IN ('claimed', 'watching')`,
          )
          .run(purgePlanId)
      })
    },
    watchersOf: (pageIds) =>
      raw
        .prepare<[string], { id: string }>(
          `SELECT DISTINCT plan_id AS id FROM visit_watches
           WHERE state = 'watching' AND page_id IN (SELECT value FROM json_each(?))`,
        )
        .all(ids(pageIds))
        .map(({ id }) => id),
    setProblem: (planIds, problem) =>
      raw
        .prepare<[string | null, string, string | null], { id: string }>(
          `UPDATE visit_plans SET problem = ? WHERE plan_id IN (SELECT value FROM json_each(?)) AND problem IS NOT ?
           RETURNING plan_id AS id`,
        )
        .all(problem, JSON.stringify(planIds), problem)
        .map(({ id }) => id),
  }
}

interface Head {
  readonly planId: string
  readonly mostItems: number
  readonly untilMs: number
  readonly restPlanId: string | null
  readonly problem: string | null
}
