/** Releases that visitors are to be given as soon as nothing is in the way any more; one a site. */
export const LATER_SWITCHES = `
  CREATE TABLE later_switches (
    site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, release_id TEXT NOT NULL, purges INTEGER NOT NULL,
    by TEXT NOT NULL, since INTEGER NOT NULL, problem TEXT
  ) STRICT, WITHOUT ROWID;
`
