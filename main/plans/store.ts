import { AppError } from '#shared/errors.ts'
import { Selection } from '#shared/pages.ts'
import { Plan, PlanPage } from '#shared/plans.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Database } from '#main/platform/database.ts'
import type { PlanPagesTable } from '#main/platform/schema-purges.ts'

/** Plans on disk. Reads are parsed, writes tell the panels. */
export interface PlanStore {
  create(plan: Plan, selection: Selection, pages: readonly PlanPage[]): void
  /** Replaces the plan and, when given, its pages. */
  save(plan: Plan, pages?: readonly PlanPage[]): void
  /** Throws `NOT_FOUND`. */
  read(planId: string): Plan
  selection(planId: string): Selection
  list(siteId: string): Plan[]
  unfinished(): Plan[]
  /** Removes a draft; nothing else. */
  drop(planId: string): void
  /** Removes drafts that nobody started. */
  dropDrafts(createdBeforeMs: number): void
  pages(planId: string): PlanPage[]
  pageRows(
    planId: string,
    decisions: readonly string[] | undefined,
    after: number,
    limit: number,
    notNew?: boolean,
  ): { rows: PlanPage[]; next: number | null }
  setResults(planId: string, results: ReadonlyMap<number, Pick<PlanPage, 'result' | 'resultReason'>>): void
}

const NOT_NEW = `AND CASE WHEN result IS NULL THEN result_reason IS NOT NULL
  ELSE result NOT IN ('new-version', 'not-stored', 'untouched') END`

export function createPlanStore(db: Database, changes: Changes): PlanStore {
  const { raw } = db
  const insertPage =
    raw.prepare(`INSERT INTO plan_pages (plan_id, seq, page_id, zone_host, path, decision, reason, result, result_reason)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const update = raw.prepare('UPDATE plans SET state = ?, plan_json = ? WHERE id = ?')
  const select = raw.prepare<[string], { plan_json: string; selection_json: string }>(
    'SELECT plan_json, selection_json FROM plans WHERE id = ?',
  )

  const writePages = (planId: string, pages: readonly PlanPage[]) => {
    raw.prepare('DELETE FROM plan_pages WHERE plan_id = ?').run(planId)
    pages.forEach((page, index) =>
      insertPage.run(
        planId,
        index + 1,
        page.pageId,
        page.zoneHost,
        page.path,
        page.decision,
        page.reason,
        page.result,
        page.resultReason,
      ),
    )
  }
  const row = (planId: string) => {
    const found = select.get(planId)
    if (!found)
      throw new AppError('NOT_FOUND', 'This plan is not here any more.', { field: 'planId', fix: 'Open the list of purges.' })
    return found
  }
  const parsePage = (page: PlanPagesTable): PlanPage =>
    PlanPage.parse({
      pageId: page.page_id,
      path: page.path,
      zoneHost: page.zone_host,
      decision: page.decision,
      reason: page.reason,
      result: page.result,
      resultReason: page.result_reason,
    })
  return {
    create(plan, selection, pages) {
      db.transact(() => {
        raw
          .prepare('INSERT INTO plans (id, site_id, state, created_at, selection_json, plan_json) VALUES (?, ?, ?, ?, ?, ?)')
          .run(plan.id, plan.siteId, plan.state, plan.createdAtMs, JSON.stringify(selection), JSON.stringify(plan))
        writePages(plan.id, pages)
      })
      changes.tell('plans')
    },
    save(plan, pages) {
      db.transact(() => {
        update.run(plan.state, JSON.stringify(plan), plan.id)
        if (pages) writePages(plan.id, pages)
      })
      changes.tell('plans')
    },
    read: (planId) => Plan.parse(JSON.parse(row(planId).plan_json)),
    selection: (planId) => Selection.parse(JSON.parse(row(planId).selection_json)),
    list: (siteId) =>
      raw
        .prepare<[string], { plan_json: string }>(
          'SELECT plan_json FROM plans WHERE site_id = ? ORDER BY created_at DESC LIMIT 100',
        )
        .all(siteId)
        .map((found) => Plan.parse(JSON.parse(found.plan_json))),
    unfinished: () =>
      raw
        .prepare<[], { plan_json: string }>(
          `SELECT plan_json FROM plans WHERE state IN ('building', 'purging', 'checking', 'warming')`,
        )
        .all()
        .map((found) => Plan.parse(JSON.parse(found.plan_json))),
    drop(planId) {
      raw.prepare(`DELETE FROM plans WHERE id = ? AND state = 'draft'`).run(planId)
      changes.tell('plans')
    },
    dropDrafts(createdBeforeMs) {
      raw.prepare(`DELETE FROM plans WHERE state = 'draft' AND created_at < ?`).run(createdBeforeMs)
    },
    pages: (planId) =>
      raw.prepare<[string], PlanPagesTable>('SELECT * FROM plan_pages WHERE plan_id = ? ORDER BY seq').all(planId).map(parsePage),
    pageRows(planId, decisions, after, limit, notNew = false) {
      const found = raw
        .prepare<[string, number, string, number], PlanPagesTable>(
          `SELECT * FROM plan_pages WHERE plan_id = ? AND seq > ? AND decision IN (SELECT value FROM json_each(?))
          ${notNew ? NOT_NEW : ''} ORDER BY seq LIMIT ?`,
        )
        .all(planId, after, JSON.stringify(decisions ?? PlanPage.shape.decision.options), limit + 1)
      return { rows: found.slice(0, limit).map(parsePage), next: found.length > limit ? (found[limit - 1]?.seq ?? null) : null }
    },
    setResults(planId, results) {
      const set = raw.prepare('UPDATE plan_pages SET result = ?, result_reason = ? WHERE plan_id = ? AND page_id = ?')
      db.transact(() => results.forEach(({ result, resultReason }, pageId) => set.run(result, resultReason, planId, pageId)))
      changes.tell('plans')
    },
  }
}
