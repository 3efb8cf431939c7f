import * as z from 'zod'
import { act, read } from './calls.ts'
import { PageFilter, PageSort } from './pages.ts'

/** What the list of pages can show beside the path, which is always there. */
export const PAGE_COLUMNS = [
  'freshness',
  'timeLeft',
  'servedAs',
  'tags',
  'checked',
  'ttfb',
  'status',
  'copyMade',
  'waitsFor',
] as const
export type PageColumn = (typeof PAGE_COLUMNS)[number]

export const PageViewContent = z.object({
  filter: PageFilter,
  sort: PageSort,
  /** Chosen columns in their order; null: the usual ones, as many as there is room for. */
  columns: z.array(z.enum(PAGE_COLUMNS)).max(PAGE_COLUMNS.length).nullable(),
})
export type PageViewContent = z.infer<typeof PageViewContent>

export const ViewName = z
  .string()
  .trim()
  .min(1, 'Give the view a name, such as “Old menu pages”')
  .max(60, 'A name can be at most 60 characters long')

/** A filter, an order and columns of the list of pages, by a name that everybody at this panel sees. */
export const PageView = PageViewContent.extend({
  id: z.string(),
  name: z.string(),
  by: z.string(),
  savedAtMs: z.number(),
})
export type PageView = z.infer<typeof PageView>

const InSite = z.object({ siteId: z.string() })
const ByView = z.object({ viewId: z.string() })

export const pageViews = {
  /** By name. */
  list: read.input(InSite).output(z.array(PageView)),
  /** Refused when another view of the site has the name, any case. */
  save: act.input(InSite.extend({ name: ViewName, content: PageViewContent })).output(PageView),
  /** Gives a view what is shown now. */
  replace: act.input(ByView.extend({ content: PageViewContent })).output(PageView),
  rename: act.input(ByView.extend({ name: ViewName })).output(PageView),
  remove: act.input(ByView).output(PageView),
  /** Takes a removal back, for a day. */
  restore: act.input(ByView).output(PageView),
}
