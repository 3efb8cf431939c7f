/** What the planner rests on: what a render costs by an account's settings, and since when an edge stores tags. */
export const PLANNER = `
  ALTER TABLE budget_settings ADD COLUMN refill_micro_dollars INTEGER NOT NULL DEFAULT 600;
  CREATE TABLE tag_configs (
    site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, header TEXT, since INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER tag_config_changed AFTER UPDATE OF edge_json ON sites
  WHEN OLD.edge_json IS NOT NULL AND NEW.edge_json IS NOT NULL
    AND OLD.edge_json ->> '$.id' = NEW.edge_json ->> '$.id'
    AND OLD.edge_json ->> '$.capabilities.tagHeader' IS NOT NEW.edge_json ->> '$.capabilities.tagHeader' BEGIN
    INSERT INTO tag_configs (site_id, header, since)
    VALUES (NEW.id, NEW.edge_json ->> '$.capabilities.tagHeader', CAST(unixepoch('subsec') * 1000 AS INTEGER))
    ON CONFLICT (site_id) DO UPDATE SET header = excluded.header, since = excluded.since;
  END;
`
