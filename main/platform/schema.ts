import type { Generated } from 'kysely'
import type {
  AccountPurgesTable,
  AccountReadingsTable,
  BudgetOverridesTable,
  BudgetSettingsTable,
  DistributionReadingsTable,
  LedgerTable,
  LogTable,
  PlanPagesTable,
  PlansTable,
  PurgesTable,
  SiteLimitsTable,
} from './schema-purges.ts'
import type { BuildQueueTables } from './schema-builds.ts'
import type { DesktopTables } from './schema-desktop.ts'
import type { DeployTables } from './schema-deploys.ts'
import type { HookReadingTables } from './schema-hook-readings.ts'
import type { AnswerTables } from './schema-answers.ts'
import type { HookTables } from './schema-hooks.ts'
import type { InspectionTables, PageCheckColumns } from './schema-inspection.ts'
import type { NetworkTables } from './schema-network.ts'
import type { PlannerTables } from './schema-planner.ts'
import type { QueueTables } from './schema-queue.ts'
import type { SettingsTables, SiteRemovalColumns } from './schema-settings.ts'
import type { ViewTables } from './schema-views.ts'
import type { VisitTables } from './schema-visits.ts'

/** Instants are Unix milliseconds; flags are 0 or 1; columns named `…_json` hold JSON text. */
export interface Tables
  extends
    InspectionTables,
    PlannerTables,
    QueueTables,
    VisitTables,
    BuildQueueTables,
    DeployTables,
    HookTables,
    HookReadingTables,
    SettingsTables,
    NetworkTables,
    ViewTables,
    DesktopTables,
    AnswerTables {
  sites: SitesTable
  zones: ZonesTable
  pages: PagesTable
  tags: TagsTable
  page_tags: PageTagsTable
  page_entries: PageEntriesTable
  marks: MarksTable
  mark_pages: MarkPagesTable
  releases: ReleasesTable
  release_files: ReleaseFilesTable
  switches: SwitchesTable
  builds: BuildsTable
  plans: PlansTable
  plan_pages: PlanPagesTable
  purges: PurgesTable
  ledger: LedgerTable
  log: LogTable
  budget_settings: BudgetSettingsTable
  account_purges: AccountPurgesTable
  account_readings: AccountReadingsTable
  distribution_readings: DistributionReadingsTable
  site_limits: SiteLimitsTable
  budget_overrides: BudgetOverridesTable
  page_history: PageHistoryTable
  tag_spellings: TagSpellingsTable
  crowded_pages: CrowdedPagesTable
  freshness_samples: FreshnessSamplesTable
}

interface SitesTable extends SiteRemovalColumns {
  id: string
  key: string | null
  name: string
  /** The site as it was entered, without its secrets. */
  settings_json: string
  /** What was last read of the distribution; null before the first reading. */
  edge_json: string | null
  edge_problem: string | null
  /** The code of that problem. */
  edge_failure: Generated<string | null>
  watch_problem: string | null
  /** When pages were first looked for with success. */
  discovered_at: number | null
  created_at: number
  /** The release that the site is held at, since when and by whom; null when it is not. */
  pin_json: Generated<string | null>
}

interface ZonesTable {
  id: Generated<number>
  site_id: string
  host: string
  url: string
}

export interface PagesTable extends PageCheckColumns {
  id: Generated<number>
  site_id: string
  zone_id: number
  path: string
  found_at: number
  /** `sitemap`, `manifest`, `renderer` or `person`. */
  found_by: string
  served_as: string
  renders_on_demand: number
  observed_at: number | null
  failed_at: number | null
  failure: string | null
  status: number | null
  stored: 'stored' | 'not-stored' | 'asks-always' | null
  fresh_until: number | null
  stale_until: number | null
  purged_at: number | null
  copy_made_at: number | null
  edge_hash: string | null
  origin_hash: string | null
  origin_basis: 'manifest' | 'origin' | 'renderer' | null
  staged_hash: string | null
  changed_since: number | null
  origin_started_at: number | null
  age_seconds: number | null
  lifetime_rule: string | null
  lifetime_basis: 'edge-policy' | 'headers' | null
  filled_by_check: Generated<number>
  first_answer: string | null
  vantage: string | null
  ttfb_ms: number | null
  headers_json: string | null
  /** Of the unpacked body. */
  size_bytes: number | null
}

interface TagsTable {
  id: Generated<number>
  site_id: string
  tag: string
  /** The tag in lower case: edges fold case, and so do we. */
  folded: string
  /** The folded tag up to its colon; computed by the database. */
  class: Generated<string>
  /** Pages that carry it, by source. Kept by triggers. */
  pages: Generated<number>
  html_pages: Generated<number>
  header_pages: Generated<number>
  /** Pages whose edge copy differs from the origin, whatever its time: old copies at most. Kept by triggers. */
  differing: Generated<number>
  /** The newest mark of the tag or of its class that stands; 0 without one. */
  changed_at: Generated<number>
}

interface PageTagsTable {
  page_id: number
  tag_id: number
  in_html: number
  in_header: number
  in_manifest: number
}

/** What the renderer keeps of a page. Columns `…_at` are by our clock; `…_on` is the same instant by the renderer's. */
interface PageEntriesTable {
  page_id: number
  site_id: string
  content_hash: string
  size_bytes: number
  tags_json: string
  started_on: number
  started_at: number
  duration_ms: number
  refreshed_at: number
  expires_at: number
  marked_on: number | null
  marked_at: number | null
  failed_at: number | null
  failure: string | null
  refreshing: number
  /** An answer from before a refresh was seen; when the page is checked again by itself. */
  checked_again_at: number | null
  seen_at: number
}

interface MarksTable {
  id: Generated<number>
  site_id: string
  what: string
  target: string
  since: number
  created_at: number
  by: string
  pages: number
  undone_at: number | null
  done_at: number | null
}

type MarkPagesTable = { mark_id: number; page_id: number }

interface ReleasesTable {
  site_id: string
  release_id: string
  title: string | null
  started_at: number
  published: number
  live: number
  redirects_json: string
}

interface ReleaseFilesTable {
  site_id: string
  release_id: string
  /** When its build began to read content. */
  started_at: number
  /** Packed JSON; null once there are enough newer ones. */
  files: Uint8Array | null
  /** The release that it was compared with, and what came of it. */
  against: string | null
  counts_json: string | null
}

interface SwitchesTable {
  id: string
  site_id: string
  /** `intent` before the edge is known to have been told. */
  state: 'intent' | 'switched' | 'deployed' | 'done' | 'failed' | 'cancelled'
  from_release: string | null
  to_release: string
  from_path: string
  to_path: string
  /** The pin from the intent on, and the one to go back to when nothing was switched. */
  pin_json: string | null
  /** When it was changed here and not yet told to other desktops. */
  pin_untold_since: number | null
  pin_before_json: string | null
  purges: number
  by: string
  started_at: number
  switched_at: number | null
  deployed_at: number | null
  ended_at: number | null
  plan_id: string | null
  message: string
}

interface BuildsTable {
  id: string
  site_id: string
  remote_id: string | null
  state: string
  queued_at: number
  /** A `RemoteBuild`. */
  remote_json: string
}

/** A row is written only when something of it changed. */
export interface PageHistoryTable {
  id: Generated<number>
  page_id: number
  at: number
  status: number | null
  stored: string | null
  edge_hash: string | null
  age_class: string | null
  vantage: string | null
  served_as: string | null
  failure: string | null
  /** Of the check that found it; null when it failed, or in rows from before it was kept. */
  ttfb_ms: Generated<number | null>
}

/** Ways in which a tag was written that differ from `tags.tag` by letter case only. */
type TagSpellingsTable = { tag_id: number; spelling: string }

/** Pages with more than 50 tags. Kept by triggers. */
type CrowdedPagesTable = { page_id: number }

interface FreshnessSamplesTable {
  site_id: string
  at: number
  /** How many pages stood at each word. */
  counts_json: string
}
