/** Instants are Unix milliseconds. */
export interface ViewTables {
  page_views: PageViewsTable
}

interface PageViewsTable {
  id: string
  site_id: string
  name: string
  /** A `PageViewContent`. */
  content_json: string
  by: string
  saved_at: number
  removed_at: number | null
}
