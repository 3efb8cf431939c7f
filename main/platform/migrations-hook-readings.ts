/** Sources that are asked what has changed, what makes a change that was found the same as one that was delivered, and plans that build first. */
export const HOOK_READINGS = `
  CREATE TABLE hook_readings (
    source_id TEXT PRIMARY KEY REFERENCES hook_sources ON DELETE CASCADE, reading_json TEXT NOT NULL,
    has_token INTEGER NOT NULL, cursor TEXT NOT NULL, due_at INTEGER NOT NULL, asked_at INTEGER,
    found INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, problem_json TEXT
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE hook_events ADD COLUMN changed_at INTEGER;
  ALTER TABLE hook_events ADD COLUMN change_key TEXT;
  ALTER TABLE hook_events ADD COLUMN same_as INTEGER;
  CREATE INDEX hook_events_by_change ON hook_events (source_id, change_key) WHERE change_key IS NOT NULL;
  CREATE INDEX hook_events_by_content ON hook_events (source_id, content_id) WHERE content_id IS NOT NULL;
  ALTER TABLE hook_work ADD COLUMN rebuild INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE content_index ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
`
