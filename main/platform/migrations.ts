import { ACCOUNT_LEDGER } from './migrations-account.ts'
import { HOOKS } from './migrations-hooks.ts'

/** One step of the schema, applied in one transaction. Steps are never changed once they are released. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** In the order in which they are applied; the number of applied steps is the database's `user_version`. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'first tables',
    sql: `
      CREATE TABLE sites (
        id TEXT PRIMARY KEY, key TEXT UNIQUE, name TEXT NOT NULL, settings_json TEXT NOT NULL,
        edge_json TEXT, edge_problem TEXT, watch_problem TEXT, discovered_at INTEGER, created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE zones (
        id INTEGER PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE,
        host TEXT NOT NULL, url TEXT NOT NULL, UNIQUE (site_id, host)
      ) STRICT;
      CREATE TABLE pages (
        id INTEGER PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE,
        zone_id INTEGER NOT NULL REFERENCES zones ON DELETE CASCADE, path TEXT NOT NULL,
        found_at INTEGER NOT NULL, found_by TEXT NOT NULL,
        served_as TEXT NOT NULL DEFAULT 'unknown', renders_on_demand INTEGER NOT NULL DEFAULT 0,
        observed_at INTEGER, failed_at INTEGER, failure TEXT, status INTEGER, stored TEXT,
        fresh_until INTEGER, stale_until INTEGER, purged_at INTEGER, copy_made_at INTEGER,
        edge_hash TEXT, origin_hash TEXT, origin_basis TEXT, staged_hash TEXT,
        changed_since INTEGER, origin_started_at INTEGER, age_seconds INTEGER,
        lifetime_rule TEXT, lifetime_basis TEXT, filled_by_check INTEGER NOT NULL DEFAULT 0, first_answer TEXT,
        vantage TEXT, ttfb_ms REAL, headers_json TEXT,
        UNIQUE (zone_id, path)
      ) STRICT;
      CREATE INDEX pages_by_path ON pages (site_id, path, id);
      CREATE INDEX pages_by_observed ON pages (site_id, observed_at, id);
      CREATE INDEX pages_by_fresh_until ON pages (site_id, fresh_until, id);
      CREATE INDEX pages_by_ttfb ON pages (site_id, ttfb_ms, id);
      CREATE INDEX pages_by_served ON pages (site_id, served_as, id);
      CREATE TABLE tags (
        id INTEGER PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE,
        tag TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (site_id, folded)
      ) STRICT;
      CREATE TABLE page_tags (
        page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE,
        in_html INTEGER NOT NULL DEFAULT 0, in_header INTEGER NOT NULL DEFAULT 0, in_manifest INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (page_id, tag_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX page_tags_by_tag ON page_tags (tag_id, page_id);
      CREATE TABLE marks (
        id INTEGER PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE,
        what TEXT NOT NULL, target TEXT NOT NULL, since INTEGER NOT NULL, created_at INTEGER NOT NULL,
        by TEXT NOT NULL, pages INTEGER NOT NULL, undone_at INTEGER
      ) STRICT;
      CREATE INDEX marks_by_site ON marks (site_id, created_at);
      CREATE TABLE mark_pages (
        mark_id INTEGER NOT NULL REFERENCES marks ON DELETE CASCADE,
        page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
        PRIMARY KEY (mark_id, page_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX mark_pages_by_page ON mark_pages (page_id, mark_id);
      CREATE TABLE releases (
        site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, release_id TEXT NOT NULL, title TEXT,
        started_at INTEGER NOT NULL, published INTEGER NOT NULL, live INTEGER NOT NULL, redirects_json TEXT NOT NULL,
        PRIMARY KEY (site_id, release_id)
      ) STRICT;
      CREATE TABLE builds (
        id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, remote_id TEXT,
        state TEXT NOT NULL, queued_at INTEGER NOT NULL, remote_json TEXT NOT NULL, UNIQUE (site_id, remote_id)
      ) STRICT;
      CREATE INDEX builds_by_site ON builds (site_id, queued_at);
      CREATE TABLE plans (
        id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, state TEXT NOT NULL,
        created_at INTEGER NOT NULL, selection_json TEXT NOT NULL, plan_json TEXT NOT NULL
      ) STRICT;
      CREATE INDEX plans_by_site ON plans (site_id, created_at);
      CREATE TABLE plan_pages (
        plan_id TEXT NOT NULL REFERENCES plans ON DELETE CASCADE, seq INTEGER NOT NULL, page_id INTEGER,
        zone_host TEXT, path TEXT NOT NULL, decision TEXT NOT NULL, reason TEXT NOT NULL, result TEXT, result_reason TEXT,
        PRIMARY KEY (plan_id, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE purges (
        id TEXT PRIMARY KEY, site_id TEXT NOT NULL, plan_id TEXT NOT NULL, account TEXT NOT NULL,
        reference TEXT NOT NULL UNIQUE, items_json TEXT NOT NULL, item_count INTEGER NOT NULL, state TEXT NOT NULL,
        remote_id TEXT, intent_at INTEGER NOT NULL, remote_created_at INTEGER, completed_at INTEGER, problem TEXT
      ) STRICT;
      CREATE INDEX purges_by_plan ON purges (plan_id);
      CREATE INDEX purges_by_state ON purges (state);
      CREATE TABLE ledger (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, purge_id TEXT NOT NULL,
        kind TEXT NOT NULL, items INTEGER NOT NULL, month TEXT NOT NULL, UNIQUE (purge_id, kind)
      ) STRICT;
      CREATE INDEX ledger_by_month ON ledger (account, month);
      CREATE TABLE log (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, site_id TEXT, by TEXT NOT NULL, text TEXT NOT NULL
      ) STRICT;
    `,
  },
  {
    name: 'budget settings, who purged, structured activity',
    sql: `
      CREATE TABLE budget_settings (
        account TEXT PRIMARY KEY, allowance INTEGER NOT NULL, price_micro_dollars INTEGER NOT NULL, soft_limit INTEGER,
        changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL
      ) STRICT;
      ALTER TABLE purges ADD COLUMN by TEXT NOT NULL DEFAULT '';
      UPDATE purges SET by = COALESCE((SELECT json_extract(plan_json, '$.by') FROM plans WHERE plans.id = purges.plan_id), '');
      CREATE INDEX purges_by_account ON purges (account, intent_at, id);
      ALTER TABLE log ADD COLUMN kind TEXT NOT NULL DEFAULT 'other';
      ALTER TABLE log ADD COLUMN result TEXT;
      ALTER TABLE log ADD COLUMN items INTEGER;
      ALTER TABLE log ADD COLUMN micro_dollars INTEGER;
      ALTER TABLE log ADD COLUMN about_kind TEXT;
      ALTER TABLE log ADD COLUMN about_id TEXT;
      CREATE INDEX log_by_person ON log (by, id);
      CREATE INDEX log_by_kind ON log (kind, id);
      CREATE INDEX pages_by_found ON pages (site_id, found_at, id);
    `,
  },
  {
    name: 'renderer entries',
    sql: `
      CREATE TABLE page_entries (
        page_id INTEGER PRIMARY KEY REFERENCES pages ON DELETE CASCADE, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE,
        content_hash TEXT NOT NULL, size_bytes INTEGER NOT NULL, tags_json TEXT NOT NULL,
        started_on INTEGER NOT NULL, started_at INTEGER NOT NULL, duration_ms INTEGER NOT NULL, refreshed_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL, marked_on INTEGER, marked_at INTEGER, failed_at INTEGER, failure TEXT,
        refreshing INTEGER NOT NULL, checked_again_at INTEGER, seen_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX page_entries_by_site ON page_entries (site_id, seen_at);
    `,
  },
  {
    name: 'deploys and switches',
    sql: `
      ALTER TABLE sites ADD COLUMN pin_json TEXT;
      CREATE TABLE release_files (
        site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, release_id TEXT NOT NULL, started_at INTEGER NOT NULL,
        files BLOB, against TEXT, counts_json TEXT, PRIMARY KEY (site_id, release_id)
      ) STRICT;
      CREATE TABLE switches (
        id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, state TEXT NOT NULL,
        from_release TEXT, to_release TEXT NOT NULL, from_path TEXT NOT NULL, to_path TEXT NOT NULL,
        pin_json TEXT, pin_before_json TEXT, purges INTEGER NOT NULL, by TEXT NOT NULL, started_at INTEGER NOT NULL,
        switched_at INTEGER, deployed_at INTEGER, ended_at INTEGER, plan_id TEXT, message TEXT NOT NULL
      ) STRICT;
      CREATE INDEX switches_by_site ON switches (site_id, started_at);
    `,
  },
  {
    name: 'page history, and tags that count their pages',
    sql: `
      ALTER TABLE pages ADD COLUMN size_bytes INTEGER;
      CREATE TABLE page_history (
        id INTEGER PRIMARY KEY, page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE, at INTEGER NOT NULL,
        status INTEGER, stored TEXT, edge_hash TEXT, age_class TEXT, vantage TEXT, served_as TEXT, failure TEXT
      ) STRICT;
      CREATE INDEX page_history_by_page ON page_history (page_id, id);

      ALTER TABLE tags ADD COLUMN class TEXT NOT NULL
        AS (CASE instr(folded, ':') WHEN 0 THEN folded ELSE substr(folded, 1, instr(folded, ':') - 1) END) VIRTUAL;
      ALTER TABLE tags ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE tags ADD COLUMN html_pages INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE tags ADD COLUMN header_pages INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE tags ADD COLUMN differing INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE tags ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
      CREATE TABLE tag_spellings (
        tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE, spelling TEXT NOT NULL, PRIMARY KEY (tag_id, spelling)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE crowded_pages (page_id INTEGER PRIMARY KEY REFERENCES pages ON DELETE CASCADE) STRICT;

      UPDATE tags SET (pages, html_pages, header_pages, differing) = (
        SELECT count(*), COALESCE(sum(page_tags.in_html), 0), COALESCE(sum(page_tags.in_header), 0), COALESCE(sum(COALESCE((pages.renders_on_demand = 1 AND pages.copy_made_at < pages.changed_since) OR (pages.observed_at IS NOT NULL AND pages.edge_hash <> pages.origin_hash), 0)), 0)
        FROM page_tags JOIN pages ON pages.id = page_tags.page_id WHERE page_tags.tag_id = tags.id);
      UPDATE tags SET changed_at = COALESCE((SELECT max(since) FROM marks WHERE marks.site_id = tags.site_id
        AND marks.undone_at IS NULL AND lower(marks.target) IN (tags.folded, tags.class)), 0);
      INSERT INTO crowded_pages SELECT page_id FROM page_tags GROUP BY page_id HAVING count(*) > 50;

      CREATE INDEX tags_by_class ON tags (site_id, class, folded);
      CREATE INDEX tags_by_pages ON tags (site_id, pages, id);
      CREATE INDEX tags_by_differing ON tags (site_id, differing, id);
      CREATE INDEX tags_by_change ON tags (site_id, changed_at, id);
      CREATE INDEX marks_by_target ON marks (site_id, lower(target), since);
      CREATE INDEX pages_differing ON pages (site_id, id)
        WHERE (renders_on_demand = 1 AND copy_made_at < changed_since) OR (observed_at IS NOT NULL AND edge_hash <> origin_hash);
      CREATE INDEX pages_waiting ON pages (site_id, id)
        WHERE renders_on_demand = 0 AND ((changed_since IS NOT NULL AND (origin_started_at IS NULL OR changed_since > origin_started_at))
          OR (staged_hash IS NOT NULL AND origin_hash IS NOT NULL AND staged_hash <> origin_hash));

      CREATE TRIGGER page_tags_added AFTER INSERT ON page_tags BEGIN
        UPDATE tags SET pages = pages + 1, html_pages = html_pages + NEW.in_html, header_pages = header_pages + NEW.in_header,
          differing = differing + (SELECT COALESCE((pages.renders_on_demand = 1 AND pages.copy_made_at < pages.changed_since) OR (pages.observed_at IS NOT NULL AND pages.edge_hash <> pages.origin_hash), 0) FROM pages WHERE pages.id = NEW.page_id)
        WHERE id = NEW.tag_id;
        INSERT OR IGNORE INTO crowded_pages SELECT NEW.page_id
        WHERE (SELECT count(*) FROM page_tags WHERE page_id = NEW.page_id) > 50;
      END;
      CREATE TRIGGER page_tags_source_changed AFTER UPDATE OF in_html, in_header ON page_tags
      WHEN OLD.in_html <> NEW.in_html OR OLD.in_header <> NEW.in_header BEGIN
        UPDATE tags SET html_pages = html_pages + NEW.in_html - OLD.in_html,
          header_pages = header_pages + NEW.in_header - OLD.in_header WHERE id = NEW.tag_id;
      END;
      CREATE TRIGGER page_tags_removed AFTER DELETE ON page_tags BEGIN
        UPDATE tags SET pages = pages - 1, html_pages = html_pages - OLD.in_html, header_pages = header_pages - OLD.in_header,
          differing = differing - COALESCE((SELECT COALESCE((pages.renders_on_demand = 1 AND pages.copy_made_at < pages.changed_since) OR (pages.observed_at IS NOT NULL AND pages.edge_hash <> pages.origin_hash), 0) FROM pages WHERE pages.id = OLD.page_id), 0)
        WHERE id = OLD.tag_id;
        DELETE FROM crowded_pages WHERE page_id = OLD.page_id
          AND (SELECT count(*) FROM page_tags WHERE page_id = OLD.page_id) <= 50;
      END;
      CREATE TRIGGER pages_differ AFTER UPDATE OF renders_on_demand, copy_made_at, changed_since, observed_at, edge_hash, origin_hash
      ON pages WHEN COALESCE((OLD.renders_on_demand = 1 AND OLD.copy_made_at < OLD.changed_since) OR (OLD.observed_at IS NOT NULL AND OLD.edge_hash <> OLD.origin_hash), 0)
        <> COALESCE((NEW.renders_on_demand = 1 AND NEW.copy_made_at < NEW.changed_since) OR (NEW.observed_at IS NOT NULL AND NEW.edge_hash <> NEW.origin_hash), 0) BEGIN
        UPDATE tags SET differing = differing
          + COALESCE((NEW.renders_on_demand = 1 AND NEW.copy_made_at < NEW.changed_since) OR (NEW.observed_at IS NOT NULL AND NEW.edge_hash <> NEW.origin_hash), 0)
          - COALESCE((OLD.renders_on_demand = 1 AND OLD.copy_made_at < OLD.changed_since) OR (OLD.observed_at IS NOT NULL AND OLD.edge_hash <> OLD.origin_hash), 0)
        WHERE id IN (SELECT tag_id FROM page_tags WHERE page_id = NEW.id);
      END;
      CREATE TRIGGER pages_removed BEFORE DELETE ON pages
      WHEN COALESCE((OLD.renders_on_demand = 1 AND OLD.copy_made_at < OLD.changed_since) OR (OLD.observed_at IS NOT NULL AND OLD.edge_hash <> OLD.origin_hash), 0) BEGIN
        UPDATE tags SET differing = differing - 1 WHERE id IN (SELECT tag_id FROM page_tags WHERE page_id = OLD.id);
      END;
    `,
  },
  {
    name: 'freshness samples',
    sql: `
      CREATE TABLE freshness_samples (
        site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        counts_json TEXT NOT NULL,
        PRIMARY KEY (site_id, at)
      ) WITHOUT ROWID;
    `,
  },
  {
    name: 'discovery: what a crawl has seen',
    sql: `
      CREATE TABLE crawl_addresses (
        site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, zone_id INTEGER NOT NULL REFERENCES zones ON DELETE CASCADE,
        path TEXT NOT NULL, depth INTEGER NOT NULL, visited INTEGER NOT NULL DEFAULT 0, UNIQUE (zone_id, path)
      ) STRICT;
      CREATE INDEX crawl_addresses_waiting ON crawl_addresses (site_id, visited, depth);
      CREATE INDEX plan_pages_by_page ON plan_pages (page_id) WHERE page_id IS NOT NULL;
    `,
  },
  {
    name: 'a log of page changes, for readers that keep pages in memory',
    sql: `
      CREATE TABLE page_changes (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, page_id INTEGER NOT NULL, tags INTEGER NOT NULL
      ) STRICT;
      CREATE TRIGGER page_changes_of_new AFTER INSERT ON pages BEGIN
        INSERT INTO page_changes (page_id, tags) VALUES (NEW.id, 0);
      END;
      CREATE TRIGGER page_changes_of_facts AFTER UPDATE OF id, site_id, zone_id, path, served_as, renders_on_demand, observed_at,
        failed_at, status, stored, fresh_until, stale_until, purged_at, copy_made_at, edge_hash, origin_hash, staged_hash,
        changed_since, origin_started_at, ttfb_ms, vantage ON pages BEGIN
        INSERT INTO page_changes (page_id, tags) VALUES (NEW.id, 0);
      END;
      CREATE TRIGGER page_changes_of_gone AFTER DELETE ON pages BEGIN
        INSERT INTO page_changes (page_id, tags) VALUES (OLD.id, 0);
      END;
      CREATE TRIGGER page_changes_of_tag_added AFTER INSERT ON page_tags BEGIN
        INSERT INTO page_changes (page_id, tags) VALUES (NEW.page_id, 1);
      END;
      CREATE TRIGGER page_changes_of_tag_removed AFTER DELETE ON page_tags BEGIN
        INSERT INTO page_changes (page_id, tags) VALUES (OLD.page_id, 1);
      END;
    `,
  },
  {
    name: 'whole-site inspection',
    sql: `
      CREATE TABLE inspection_runs (
        id INTEGER PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites ON DELETE CASCADE, state TEXT NOT NULL,
        by TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, selection_json TEXT NOT NULL,
        total INTEGER NOT NULL, renders_at_most INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL DEFAULT 0, filled INTEGER NOT NULL DEFAULT 0, renders INTEGER NOT NULL DEFAULT 0,
        changed INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT ''
      ) STRICT;
      CREATE INDEX inspection_runs_by_site ON inspection_runs (site_id, id);
      CREATE TABLE inspection_settings (
        site_id TEXT PRIMARY KEY REFERENCES sites ON DELETE CASCADE, parallel INTEGER NOT NULL, per_second REAL,
        renders_at_most INTEGER NOT NULL, schedule_json TEXT NOT NULL, counted_from INTEGER NOT NULL
      ) STRICT;
      ALTER TABLE pages ADD COLUMN copy_changed_at INTEGER;
      CREATE INDEX pages_by_copy_change ON pages (site_id, copy_changed_at, id) WHERE copy_changed_at IS NOT NULL;
    `,
  },
  {
    name: 'what others sent with an account, limits of sites, why a hard stop was passed',
    sql: ACCOUNT_LEDGER,
  },
  {
    name: 'deliveries of other systems, their rules, visits, absences',
    sql: HOOKS,
  },
]
