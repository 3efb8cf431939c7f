import { EARLY, type Migration } from './migrations-early.ts'
import { ACCOUNT_LEDGER } from './migrations-account.ts'
import { PLANNER } from './migrations-planner.ts'
import { PURGE_QUEUE } from './migrations-queue.ts'
import { ONE_VISIT_SETTING, PLAN_CHOICES_AND_VISITS } from './migrations-visits.ts'
import { EDGE_FAILURE } from './migrations-edge-failure.ts'
import { PEOPLE } from './migrations-people.ts'
import { BUILD_QUEUE } from './migrations-builds.ts'
import { DEPLOY_RUNS } from './migrations-deploys.ts'
import { HOOKS } from './migrations-hooks.ts'
import { HOOK_READINGS } from './migrations-hook-readings.ts'
import { LATER_SWITCHES } from './migrations-later-switches.ts'
import { SHARED_PINS } from './migrations-shared-pins.ts'
import { SETTINGS } from './migrations-settings.ts'
import { NETWORK } from './migrations-network.ts'
import { PAGE_VIEWS } from './migrations-views.ts'
import { DESKTOP } from './migrations-desktop.ts'
import { MARK_ENDS } from './migrations-marks.ts'
import { CHECK_ANSWERS } from './migrations-answers.ts'

export const MIGRATIONS: readonly Migration[] = [
  ...EARLY,
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
    name: 'planner: what a render costs, since when an edge stores tags',
    sql: PLANNER,
  },
  { name: 'the queue of purges', sql: PURGE_QUEUE },
  { name: 'when the pages of a plan are purged, and visits', sql: PLAN_CHOICES_AND_VISITS },
  { name: 'how an edge could not be read', sql: EDGE_FAILURE },
  { name: 'people with a sign-in link', sql: PEOPLE },
  { name: 'builds that wait, why they were made, and when by themselves', sql: BUILD_QUEUE },
  {
    name: 'deploys of finished builds, with a journal of their steps',
    sql: DEPLOY_RUNS,
  },
  {
    name: 'deliveries of other systems, their rules, visits, absences',
    sql: HOOKS,
  },
  { name: 'how often visits count is said with the visit check', sql: ONE_VISIT_SETTING },
  { name: 'sources that are asked what has changed', sql: HOOK_READINGS },
  { name: 'releases that visitors get later', sql: LATER_SWITCHES },
  { name: 'pins that other desktops know', sql: SHARED_PINS },
  { name: 'removed sites, what is known of credentials', sql: SETTINGS },
  { name: 'how the network is reached', sql: NETWORK },
  { name: 'saved views of the list of pages', sql: PAGE_VIEWS },
  { name: 'notifications and the desktop window', sql: DESKTOP },
  { name: 'how the edge answered checks', sql: CHECK_ANSWERS },
  { name: 'when visitors had what was marked as changed', sql: MARK_ENDS },
]
