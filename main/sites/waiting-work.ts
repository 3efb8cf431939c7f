import type { Raw } from '#main/platform/database.ts'

const WHY = 'The site was removed before this was done.'

/** How much waits for a site that nobody has begun: builds, wishes for purges, work of rules, pages to be visited. */
export function waitingOf(db: Raw, siteId: string): number {
  return (
    db
      .prepare<{ siteId: string }, number>(
        `SELECT (SELECT count(*) FROM waiting_builds WHERE site_id = @siteId)
           + (SELECT count(*) FROM later_switches WHERE site_id = @siteId)
           + (SELECT count(*) FROM purge_wishes WHERE site_id = @siteId AND plan_id IS NULL)
           + (SELECT count(*) FROM hook_work WHERE site_id = @siteId AND state = 'waiting')
           + (SELECT count(*) FROM visit_plans WHERE site_id = @siteId AND state = 'watching')`,
      )
      .pluck()
      .get({ siteId }) ?? 0
  )
}

/** Drops all of it. To be called in the transaction that removes the site, so that nothing of it begins after a restart. */
export function dropWaiting(db: Raw, siteId: string, nowMs: number): void {
  const run = (sql: string) => db.prepare(sql).run({ siteId, nowMs, why: WHY })
  db.prepare('DELETE FROM waiting_builds WHERE site_id = ?').run(siteId)
  db.prepare('DELETE FROM later_switches WHERE site_id = ?').run(siteId)
  db.prepare('DELETE FROM purge_wishes WHERE site_id = ? AND plan_id IS NULL').run(siteId)
  run(`UPDATE hook_work SET state = 'failed', note = @why, ended_at = @nowMs WHERE site_id = @siteId AND state = 'waiting'`)
  run(`UPDATE hook_events SET state = 'failed', reason = @why WHERE state = 'waiting'
    AND source_id IN (SELECT id FROM hook_sources WHERE site_id = @siteId)`)
  db.prepare(
    `UPDATE visit_watches SET state = 'cancelled' WHERE state IN ('watching', 'claimed')
     AND plan_id IN (SELECT plan_id FROM visit_plans WHERE site_id = ? AND state = 'watching')`,
  ).run(siteId)
  db.prepare(`UPDATE visit_plans SET state = 'cancelled' WHERE site_id = ? AND state = 'watching'`).run(siteId)
}
