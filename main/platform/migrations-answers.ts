/** How checks were answered, summed up by the hour; and how fast, beside what else a check found to be otherwise. */
export const CHECK_ANSWERS = `
  CREATE TABLE check_answers (
    site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, hour_at INTEGER NOT NULL, run_id INTEGER NOT NULL,
    zone_id INTEGER NOT NULL, served_as TEXT NOT NULL, vantage TEXT NOT NULL, answered_by TEXT NOT NULL,
    ttfb_class INTEGER NOT NULL, answers INTEGER NOT NULL,
    PRIMARY KEY (site_id, hour_at, run_id, zone_id, served_as, vantage, answered_by, ttfb_class)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE page_history ADD COLUMN ttfb_ms REAL;
`
