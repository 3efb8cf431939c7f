/** Deliveries of other systems, the rules that work them through, what those asked for, visits, and absences. */
export const HOOKS = `
  CREATE TABLE hook_settings (
    id INTEGER PRIMARY KEY CHECK (id = 1), port INTEGER NOT NULL, public_url TEXT, keep_days INTEGER NOT NULL
  ) STRICT;
  INSERT INTO hook_settings VALUES (1, 0, NULL, 30);
  CREATE TABLE hook_sources (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, kind TEXT NOT NULL, name TEXT NOT NULL,
    path_hash TEXT NOT NULL UNIQUE, settings_json TEXT NOT NULL, enabled INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL, created_by TEXT NOT NULL
  ) STRICT;
  CREATE TABLE hook_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES hook_sources ON DELETE CASCADE,
    received_at INTEGER NOT NULL, state TEXT NOT NULL, headers_json TEXT NOT NULL, body BLOB NOT NULL,
    replay_of INTEGER, reason TEXT, event TEXT, raw_event TEXT, type TEXT, content_id TEXT, result_json TEXT
  ) STRICT;
  CREATE INDEX hook_events_waiting ON hook_events (id) WHERE state = 'waiting';
  CREATE INDEX hook_events_by_source ON hook_events (source_id, id);
  CREATE INDEX hook_events_by_time ON hook_events (received_at);
  CREATE TABLE hook_keys (
    source_id TEXT NOT NULL REFERENCES hook_sources ON DELETE CASCADE, key TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (source_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hook_keys_by_time ON hook_keys (at);
  CREATE TABLE hook_rules (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, rule_json TEXT NOT NULL,
    created_at INTEGER NOT NULL, changed_by TEXT NOT NULL
  ) STRICT;
  CREATE TABLE hook_work (
    id INTEGER PRIMARY KEY AUTOINCREMENT, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, kind TEXT NOT NULL,
    state TEXT NOT NULL, changes INTEGER NOT NULL, sources TEXT NOT NULL, page_ids_json TEXT NOT NULL,
    created_at INTEGER NOT NULL, ended_at INTEGER, ref TEXT, note TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE UNIQUE INDEX hook_work_waiting ON hook_work (site_id, kind) WHERE state = 'waiting';
  CREATE INDEX hook_work_open ON hook_work (id) WHERE state IN ('waiting', 'running');
  CREATE TABLE content_index (
    source_id TEXT NOT NULL REFERENCES hook_sources ON DELETE CASCADE, content_id TEXT NOT NULL, type TEXT,
    values_json TEXT NOT NULL, changed_at INTEGER NOT NULL, PRIMARY KEY (source_id, content_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE visit_checks (
    site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, key TEXT NOT NULL UNIQUE, enabled INTEGER NOT NULL,
    minutes INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE visit_stamps (
    page_id INTEGER PRIMARY KEY REFERENCES pages ON DELETE CASCADE, site_id TEXT NOT NULL, seen_at INTEGER NOT NULL,
    stamp TEXT, visits INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX visit_stamps_by_site ON visit_stamps (site_id, seen_at);
  CREATE TABLE absences (
    id INTEGER PRIMARY KEY CHECK (id = 1), alive_at INTEGER NOT NULL, from_at INTEGER, to_at INTEGER
  ) STRICT;
`
