/** The build of a site that waits, the one that the service is being asked for, why builds were made, and when by themselves. */
export const BUILD_QUEUE = `
  CREATE TABLE waiting_builds (
    site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, causes_json TEXT NOT NULL,
    first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, starts_at INTEGER, urgent INTEGER NOT NULL, forced INTEGER NOT NULL,
    problem TEXT, fix TEXT
  ) STRICT;
  CREATE TABLE begun_builds (
    site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, title TEXT NOT NULL, causes_json TEXT NOT NULL,
    begun_at INTEGER NOT NULL, after_row INTEGER NOT NULL, attempts INTEGER NOT NULL, retry_at INTEGER NOT NULL, problem TEXT
  ) STRICT;
  CREATE TABLE build_causes (
    build_id TEXT PRIMARY KEY REFERENCES builds ON DELETE CASCADE, causes_json TEXT NOT NULL
  ) STRICT;
  CREATE TABLE build_settings (
    site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, quiet_seconds INTEGER NOT NULL,
    longest_seconds INTEGER NOT NULL, schedule_json TEXT NOT NULL, counted_from INTEGER NOT NULL
  ) STRICT;
`
