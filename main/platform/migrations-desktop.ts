/** What people want to be told of, what was told of a month's budget, and how the desktop window behaves. */
export const DESKTOP = `
  CREATE TABLE notice_settings (kind TEXT PRIMARY KEY, wanted INTEGER NOT NULL) STRICT;
  CREATE TABLE budget_notices (account TEXT NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (account, month, kind)) STRICT;
  CREATE TABLE desktop_settings (id INTEGER PRIMARY KEY CHECK (id = 1), settings_json TEXT NOT NULL) STRICT;
`
