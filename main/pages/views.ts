import { AppError } from '#shared/errors.ts'
import { PageViewContent, type PageView } from '#shared/page-views.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { secretText } from '#main/platform/random-secret.ts'

/** A removed view can be brought back for so long. */
const KEPT_MS = 24 * 3_600_000

interface Stored {
  readonly id: string
  readonly site_id: string
  readonly name: string
  readonly content_json: string
  readonly by: string
  readonly saved_at: number
}

/** Saved views of the list of pages. Everything but `list` throws `NOT_FOUND`; names that clash throw `CONFLICT`. */
export interface PageViews {
  /** By name. */
  list(siteId: string): PageView[]
  save(siteId: string, name: string, content: PageViewContent, by: string): PageView
  replace(viewId: string, content: PageViewContent): PageView
  /** Saves it under its name, in the place of the view that has the name. */
  bring(siteId: string, name: string, content: PageViewContent, by: string): void
  rename(viewId: string, name: string): PageView
  remove(viewId: string): PageView
  restore(viewId: string): PageView
}

export function createPageViews({ raw, transact }: Pick<Database, 'raw' | 'transact'>, clock: Clock): PageViews {
  const inSite = raw.prepare<[string], Stored>('SELECT * FROM page_views WHERE site_id = ? AND removed_at IS NULL')
  const one = raw.prepare<[string], Stored>('SELECT * FROM page_views WHERE id = ?')
  const insert = raw.prepare(
    'INSERT INTO page_views (id, site_id, name, content_json, by, saved_at) VALUES (@id, @siteId, @name, @content, @by, @now)',
  )
  const setContent = raw.prepare('UPDATE page_views SET content_json = ? WHERE id = ?')
  const setName = raw.prepare('UPDATE page_views SET name = ? WHERE id = ?')
  const setRemoved = raw.prepare('UPDATE page_views SET removed_at = ? WHERE id = ?')
  const forget = raw.prepare('DELETE FROM page_views WHERE removed_at < ?')

  const need = (viewId: string): Stored => {
    const view = one.get(viewId)
    if (view) return view
    throw new AppError('NOT_FOUND', 'This view is not here any more.', { field: 'viewId', fix: 'Choose another one.' })
  }
  const refuseTaken = (siteId: string, name: string, except?: string) => {
    const taken = inSite.all(siteId).find((view) => view.id !== except && sameName(view.name, name))
    if (taken)
      throw new AppError('CONFLICT', `There is a view “${taken.name}” already.`, { field: 'name', fix: 'Give it another name.' })
  }
  const read = (viewId: string) => toView(need(viewId))

  const views: PageViews = {
    list: (siteId) =>
      inSite
        .all(siteId)
        .map(toView)
        .sort((a, b) => a.name.localeCompare(b.name)),
    save: (siteId, name, content, by) =>
      transact(() => {
        refuseTaken(siteId, name)
        const id = secretText().slice(0, 12)
        insert.run({ id, siteId, name, content: JSON.stringify(content), by, now: clock() })
        return read(id)
      }),
    replace(viewId, content) {
      need(viewId)
      setContent.run(JSON.stringify(content), viewId)
      return read(viewId)
    },
    rename: (viewId, name) =>
      transact(() => {
        refuseTaken(need(viewId).site_id, name, viewId)
        setName.run(name, viewId)
        return read(viewId)
      }),
    remove: (viewId) =>
      transact(() => {
        const view = read(viewId)
        setRemoved.run(clock(), viewId)
        forget.run(clock() - KEPT_MS)
        return view
      }),
    restore: (viewId) =>
      transact(() => {
        const { site_id, name } = need(viewId)
        refuseTaken(site_id, name, viewId)
        setRemoved.run(null, viewId)
        return read(viewId)
      }),
    bring: (siteId, name, content, by) =>
      transact(() => {
        const known = inSite.all(siteId).find((view) => sameName(view.name, name))
        if (known) views.replace(known.id, content)
        else views.save(siteId, name, content, by)
      }),
  }
  return views
}

const sameName = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: 'accent' }) === 0

function toView({ id, name, content_json, by, saved_at }: Stored): PageView {
  return { id, name, by, savedAtMs: saved_at, ...PageViewContent.parse(JSON.parse(content_json)) }
}
