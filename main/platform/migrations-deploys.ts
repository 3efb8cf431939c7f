/** Deploys of finished builds: how far each has come, and every step, written before it is taken. */
export const DEPLOY_RUNS = `
  CREATE TABLE deploy_runs (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, state TEXT NOT NULL,
    release_id TEXT NOT NULL, title TEXT NOT NULL, release BLOB, by TEXT NOT NULL, message TEXT NOT NULL,
    started_at INTEGER NOT NULL, ended_at INTEGER
  ) STRICT;
  CREATE INDEX deploy_runs_by_site ON deploy_runs (site_id, started_at);
  CREATE TABLE deploy_steps (
    id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES deploy_runs ON DELETE CASCADE, at INTEGER NOT NULL,
    state TEXT NOT NULL, text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deploy_steps_by_run ON deploy_steps (run_id, id);
`
