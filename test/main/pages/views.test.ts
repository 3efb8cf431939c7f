import { beforeEach, describe, expect, test } from 'vitest'
import type { PageViewContent } from '#shared/page-views.ts'
import { createPageViews, type PageViews } from '#main/pages/views.ts'
import { SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

const DAY_MS = 24 * 3_600_000
const OLD: PageViewContent = {
  filter: { freshness: ['outdated'] },
  sort: { by: 'checked', descending: true },
  columns: ['freshness'],
}
const ALL: PageViewContent = { filter: {}, sort: { by: 'path', descending: false }, columns: null }
let site: StoredSite
let views: PageViews
let nowMs = 1_000
beforeEach(async () => {
  nowMs = 1_000
  site = await storedSite()
  views = createPageViews(site.db, () => nowMs)
})

describe('A saved view', () => {
  test('keeps its filter, order and columns, and who saved it when', () => {
    const view = views.save(SITE, 'Old ones', OLD, 'Ada')
    expect(createPageViews(site.db, () => nowMs).list(SITE)).toEqual([view])
    expect(view).toMatchObject({ name: 'Old ones', by: 'Ada', savedAtMs: 1_000, ...OLD })
  })

  test('has a name of its own in its site, whatever its letters’ case', () => {
    const view = views.save(SITE, 'Old ones', OLD, 'Ada')
    expect(() => views.save(SITE, 'OLD ones', ALL, 'Ada')).toThrow('There is a view “Old ones” already.')
    const other = views.save(SITE, 'All', ALL, 'Ada')
    expect(() => views.rename(other.id, 'old ones')).toThrow('already')
    expect(views.rename(view.id, 'OLD ONES').name).toBe('OLD ONES')
    expect(views.list(SITE).map(({ name }) => name)).toEqual(['All', 'OLD ONES'])
  })

  test('takes over what is shown', () => {
    const view = views.save(SITE, 'Old ones', OLD, 'Ada')
    expect(views.replace(view.id, ALL)).toMatchObject({ name: 'Old ones', ...ALL })
  })

  test('that was deleted comes back for a day', () => {
    const view = views.save(SITE, 'Old ones', OLD, 'Ada')
    views.remove(view.id)
    expect(views.list(SITE)).toEqual([])
    expect(views.restore(view.id)).toEqual(view)
    expect(views.list(SITE)).toEqual([view])
    views.remove(view.id)
    nowMs += DAY_MS + 1
    views.remove(views.save(SITE, 'Another', ALL, 'Ada').id)
    expect(() => views.restore(view.id)).toThrow('not here any more')
  })

  test('does not come back over another one of its name', () => {
    const view = views.save(SITE, 'Old ones', OLD, 'Ada')
    views.remove(view.id)
    views.save(SITE, 'Old ones', ALL, 'Ada')
    expect(() => views.restore(view.id)).toThrow('already')
  })

  test('goes with its site', () => {
    views.save(SITE, 'Old ones', OLD, 'Ada')
    site.db.raw.prepare('DELETE FROM sites WHERE id = ?').run(SITE)
    expect(site.db.raw.prepare('SELECT count(*) AS n FROM page_views').get()).toEqual({ n: 0 })
  })
})
