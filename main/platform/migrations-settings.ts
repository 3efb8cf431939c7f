/** Removed sites, which can be restored for a while, and what is known of credentials beside their values. */
export const SETTINGS = `
  ALTER TABLE sites ADD COLUMN removed_at INTEGER;
  ALTER TABLE sites ADD COLUMN removed_by TEXT;
  CREATE TABLE credentials (
    name TEXT PRIMARY KEY, added_at INTEGER, changed_at INTEGER, used_at INTEGER, result TEXT, message TEXT
  ) STRICT;
  CREATE TABLE credential_acts (
    name TEXT NOT NULL, act TEXT NOT NULL, at INTEGER NOT NULL, allowed INTEGER NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (name, act)
  ) STRICT, WITHOUT ROWID;
`
