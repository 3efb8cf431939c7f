/** What others sent with an account and how far it was read, limits of sites, and why a hard stop was passed. */
export const ACCOUNT_LEDGER = `
  CREATE TABLE installs (id TEXT PRIMARY KEY) STRICT;
  CREATE TABLE reference_people (name TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE account_purges (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, distribution_id TEXT NOT NULL, remote_id TEXT NOT NULL,
    created_at INTEGER NOT NULL, dated INTEGER NOT NULL, found_at INTEGER NOT NULL, source TEXT NOT NULL,
    install TEXT, reference TEXT NOT NULL, items_json TEXT NOT NULL, item_count INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX account_purges_by_time ON account_purges (account, created_at, id);
  CREATE INDEX purges_by_remote_id ON purges (remote_id);
  CREATE TABLE account_readings (
    account TEXT PRIMARY KEY, open INTEGER NOT NULL, since INTEGER NOT NULL, round INTEGER NOT NULL,
    distributions INTEGER NOT NULL, completed_at INTEGER, completed_since INTEGER,
    problem TEXT, fix TEXT, problem_at INTEGER
  ) STRICT;
  CREATE TABLE distribution_readings (
    account TEXT NOT NULL, distribution_id TEXT NOT NULL, done_round INTEGER NOT NULL,
    covered_from INTEGER, covered_to INTEGER, marker TEXT, pass_from INTEGER, pass_to INTEGER,
    PRIMARY KEY (account, distribution_id)
  ) STRICT;
  CREATE TABLE site_limits (
    site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, soft_limit INTEGER, hard_stop INTEGER,
    changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL
  ) STRICT;
  CREATE TABLE budget_overrides (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, site_id TEXT NOT NULL, plan_id TEXT NOT NULL,
    by TEXT NOT NULL, stop INTEGER NOT NULL, items INTEGER NOT NULL, reason TEXT NOT NULL
  ) STRICT;
  CREATE INDEX budget_overrides_by_plan ON budget_overrides (plan_id);
  ALTER TABLE budget_settings ADD COLUMN hard_stop INTEGER;
  ALTER TABLE budget_settings ADD COLUMN incident_reserve INTEGER NOT NULL DEFAULT 0;
`
