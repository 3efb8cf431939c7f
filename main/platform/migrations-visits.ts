/** When the pages of plans are purged, which pages wait for a visit, and which were visited. */
export const PLAN_CHOICES_AND_VISITS = `
  CREATE TABLE plan_choices (
    plan_id TEXT PRIMARY KEY REFERENCES plans ON DELETE CASCADE, choices_json TEXT NOT NULL,
    most_items INTEGER NOT NULL, lasts_seconds INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE visit_plans (
    plan_id TEXT PRIMARY KEY REFERENCES plans ON DELETE CASCADE, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE,
    by TEXT NOT NULL, most_items INTEGER NOT NULL, until INTEGER NOT NULL, state TEXT NOT NULL, rest_plan_id TEXT,
    rest_started INTEGER NOT NULL DEFAULT 0, problem TEXT
  ) STRICT;
  CREATE INDEX visit_plans_watching ON visit_plans (until) WHERE state = 'watching';
  CREATE TABLE visit_watches (
    plan_id TEXT NOT NULL REFERENCES visit_plans ON DELETE CASCADE, page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    state TEXT NOT NULL, visited_at INTEGER, purge_plan_id TEXT, PRIMARY KEY (plan_id, page_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX visit_watches_by_page ON visit_watches (page_id) WHERE state = 'watching';
  CREATE INDEX visit_watches_claimed ON visit_watches (plan_id) WHERE state = 'claimed';
  CREATE TABLE page_visits (
    page_id INTEGER PRIMARY KEY REFERENCES pages ON DELETE CASCADE, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
    visits INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE visit_settings (
    site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, every_minutes INTEGER NOT NULL
  ) STRICT;
`

/** A page is told of, and its visit counts, in the same time: that is said once, in `visit_checks`. */
export const ONE_VISIT_SETTING = 'DROP TABLE visit_settings;'
