/** When a purge was first called, whose items went with another purge, and whether what runs by itself is paused. */
export const PURGE_QUEUE = `
  ALTER TABLE purges ADD COLUMN begun_at INTEGER;
  UPDATE purges SET begun_at = intent_at WHERE state = 'intent';
  CREATE TABLE purge_covers (
    id INTEGER PRIMARY KEY, plan_id TEXT NOT NULL REFERENCES plans ON DELETE CASCADE,
    purge_id TEXT NOT NULL, items_json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX purge_covers_by_plan ON purge_covers (plan_id);
  CREATE INDEX purge_covers_by_purge ON purge_covers (purge_id);
  CREATE TABLE purge_wishes (
    id INTEGER PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, at INTEGER NOT NULL,
    by TEXT NOT NULL, lines TEXT NOT NULL, plan_id TEXT
  ) STRICT;
  CREATE INDEX purge_wishes_waiting ON purge_wishes (site_id, id) WHERE plan_id IS NULL;
  CREATE TABLE automation_pauses (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, paused INTEGER NOT NULL
  ) STRICT;
`
