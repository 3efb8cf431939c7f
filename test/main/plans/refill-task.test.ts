import { expect, test } from 'vitest'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { refillOfEverything } from '#main/plans/refill-task.ts'
import { ABSENT, FRESH } from '../../support/plans-world.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

test('a refill counts what the edge holds, what of it is rendered, and what waiting was measured', async () => {
  const site = await storedSite()
  site.page('/file', { ...FRESH, filled_by_check: 1, ttfb_ms: 100 })
  site.page('/rendered', { ...FRESH, origin_basis: 'renderer', filled_by_check: 1, ttfb_ms: 300 })
  site.page('/fallback', { ...FRESH, served_as: 'fallback', filled_by_check: 0, ttfb_ms: 9_000 })
  site.page('/gone', ABSENT)
  site.page('/unknown', {})
  const world = { query: site.db.query, classify: freshnessSql }
  expect(await refillOfEverything(world, { siteId: SITE, nowMs: Date.now() })).toEqual({
    pages: 5,
    cold: 3,
    renders: 2,
    waitMs: 200,
    longestWaitMs: 300,
    renderMs: null,
  })
  site.db.close()
})
