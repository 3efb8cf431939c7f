import type { Database } from '#main/platform/database.ts'

/** A watch whose time is over, or that has nothing left to wait for. */
export interface DueWatch {
  readonly planId: string
  readonly siteId: string
  readonly by: string
}

/** A plan at the end of a watch that is not known to have been started. */
export interface RestPlan extends DueWatch {
  readonly restPlanId: string
}

/** How watches end, on disk. */
export interface EndStore {
  due(nowMs: number): readonly DueWatch[]
  /** Pages that nobody has visited. */
  left(planId: string, most: number): readonly number[]
  /** Hands pages to the plan at the end. */
  handOver(planId: string, pageIds: readonly number[], restPlanId: string): void
  notStarted(): readonly RestPlan[]
  started(planId: string): void
  /** The plan at the end could not start: its pages wait again. */
  takeBack(planId: string): void
  /** Nothing of it is old any more. */
  notNeeded(planId: string): void
  /** Ends a watch that has nothing left; false while a page of it is being purged. */
  end(planId: string): boolean
  cancel(planId: string): void
  /** Watches of plans that were cancelled before they were sent. */
  ofCancelledPlans(): readonly string[]
}

const OPEN = `EXISTS (SELECT 1 FROM visit_watches
  WHERE visit_watches.plan_id = visit_plans.plan_id AND visit_watches.state IN ('watching', 'claimed'))`

export function createEndStore({ raw, transact }: Database): EndStore {
  const setPages = raw.prepare('UPDATE visit_watches SET state = ? WHERE plan_id = ? AND state = ?')
  return {
    due: (nowMs) =>
      raw
        .prepare<[number], DueWatch>(
          `SELECT plan_id AS planId, site_id AS siteId, by FROM visit_plans WHERE state = 'watching'
           AND (rest_plan_id IS NULL OR rest_started = 1) AND (until <= ? OR NOT ${OPEN}) ORDER BY until`,
        )
        .all(nowMs),
    left: (planId, most) =>
      raw
        .prepare<[string, number], { pageId: number }>(
          `SELECT page_id AS pageId FROM visit_watches WHERE plan_id = ? AND state = 'watching' ORDER BY page_id LIMIT ?`,
        )
        .all(planId, most)
        .map(({ pageId }) => pageId),
    handOver(planId, pageIds, restPlanId) {
      transact(() => {
        raw.prepare('UPDATE visit_plans SET rest_plan_id = ?, rest_started = 0 WHERE plan_id = ?').run(restPlanId, planId)
        raw
          .prepare(
            `UPDATE visit_watches SET state = 'rest', purge_plan_id = ? WHERE plan_id = ? AND state = 'watching'
             AND page_id IN (SELECT value FROM json_each(?))`,
          )
          .run(restPlanId, planId, JSON.stringify(pageIds))
      })
    },
    notStarted: () =>
      raw
        .prepare<[], RestPlan>(
          `SELECT plan_id AS planId, site_id AS siteId, by, rest_plan_id AS restPlanId FROM visit_plans
           WHERE state = 'watching' AND rest_plan_id IS NOT NULL AND rest_started = 0`,
        )
        .all(),
    started: (planId) =>
      void raw.prepare('UPDATE visit_plans SET rest_started = 1, problem = NULL WHERE plan_id = ?').run(planId),
    takeBack(planId) {
      transact(() => {
        raw
          .prepare(
            `UPDATE visit_watches SET state = 'watching', purge_plan_id = NULL WHERE plan_id = ? AND state = 'rest'
             AND purge_plan_id = (SELECT rest_plan_id FROM visit_plans WHERE plan_id = visit_watches.plan_id)`,
          )
          .run(planId)
        raw.prepare('UPDATE visit_plans SET rest_plan_id = NULL WHERE plan_id = ?').run(planId)
      })
    },
    notNeeded: (planId) => void setPages.run('not-needed', planId, 'watching'),
    end: (planId) =>
      raw
        .prepare(
          `UPDATE visit_plans SET state = 'ended', problem = NULL WHERE plan_id = ? AND state = 'watching' AND NOT ${OPEN}`,
        )
        .run(planId).changes > 0,
    cancel(planId) {
      transact(() => {
        raw.prepare(`UPDATE visit_plans SET state = 'cancelled', problem = NULL WHERE plan_id = ?`).run(planId)
        setPages.run('cancelled', planId, 'watching')
      })
    },
    ofCancelledPlans: () =>
      raw
        .prepare<[], { planId: string }>(
          `SELECT plan_id AS planId FROM visit_plans JOIN plans ON plans.id = visit_plans.plan_id
           WHERE visit_plans.state = 'watching' AND plans.state = 'cancelled'`,
        )
        .all()
        .map(({ planId }) => planId),
  }
}
