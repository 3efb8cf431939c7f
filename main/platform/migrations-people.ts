/** Sign-in links: of each only a digest. */
export const PEOPLE = `
  CREATE TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
    invited_at INTEGER NOT NULL, invited_by TEXT NOT NULL, last_seen_at INTEGER, revoked_at INTEGER
  ) STRICT;
`
