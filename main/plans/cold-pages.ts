import type { Raw } from '#main/platform/database.ts'

/** A page that went cold with a plan's purge although it did not need it. */
export interface ColdPage {
  readonly pageId: number
  readonly path: string
}

/** The edge held them until the purge, nobody has looked at them since, and the plan was not about them. */
export function coldPages(
  db: Raw,
  of: { readonly siteId: string; readonly planId: string; readonly purgedSinceMs: number; readonly most: number },
): ColdPage[] {
  return db
    .prepare<typeof of, ColdPage>(
      `SELECT id AS pageId, path FROM pages WHERE site_id = @siteId AND purged_at >= @purgedSinceMs
        AND observed_at < purged_at AND stored = 'stored' AND stale_until > purged_at
        AND id NOT IN (SELECT page_id FROM plan_pages WHERE plan_id = @planId AND page_id IS NOT NULL AND decision = 'purge')
        ORDER BY path, id LIMIT @most`,
    )
    .all(of)
}
