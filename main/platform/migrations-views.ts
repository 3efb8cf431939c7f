/** Views of the list of pages that were saved under a name. A removed one can be brought back for a while. */
export const PAGE_VIEWS = `
  CREATE TABLE page_views (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, name TEXT NOT NULL,
    content_json TEXT NOT NULL, by TEXT NOT NULL, saved_at INTEGER NOT NULL, removed_at INTEGER
  ) STRICT;
  CREATE INDEX page_views_by_site ON page_views (site_id, name);
`
