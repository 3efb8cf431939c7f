import type { Generated } from 'kysely'

/** Instants are Unix milliseconds; flags are 0 or 1; columns named `…_json` hold JSON text. */
export interface Tables {
  sites: SitesTable
  zones: ZonesTable
  pages: PagesTable
  tags: TagsTable
  page_tags: PageTagsTable
  marks: MarksTable
  mark_pages: MarkPagesTable
  releases: ReleasesTable
  builds: BuildsTable
  plans: PlansTable
  plan_pages: PlanPagesTable
  purges: PurgesTable
  ledger: LedgerTable
  log: LogTable
  page_history: PageHistoryTable
  tag_spellings: TagSpellingsTable
  crowded_pages: CrowdedPagesTable
}

interface SitesTable {
  id: string
  key: string | null
  name: string
  /** The site as it was entered, without its secrets. */
  settings_json: string
  /** What was last read of the distribution; null before the first reading. */
  edge_json: string | null
  edge_problem: string | null
  watch_problem: string | null
  /** When pages were first looked for with success. */
  discovered_at: number | null
  created_at: number
}

interface ZonesTable {
  id: Generated<number>
  site_id: string
  host: string
  url: string
}

export interface PagesTable {
  id: Generated<number>
  site_id: string
  zone_id: number
  path: string
  found_at: number
  /** `sitemap`, `manifest` or `person`. */
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
  origin_basis: 'manifest' | 'origin' | null
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
}

interface MarkPagesTable {
  mark_id: number
  page_id: number
}

interface ReleasesTable {
  site_id: string
  release_id: string
  title: string | null
  started_at: number
  published: number
  live: number
  redirects_json: string
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

interface PlansTable {
  id: string
  site_id: string
  state: string
  created_at: number
  /** The selection it was made for. */
  selection_json: string
  /** A `Plan`. */
  plan_json: string
}

interface PlanPagesTable {
  plan_id: string
  seq: number
  page_id: number | null
  zone_host: string | null
  path: string
  decision: string
  reason: string
  result: string | null
  result_reason: string | null
}

interface PurgesTable {
  id: string
  site_id: string
  plan_id: string
  account: string
  reference: string
  items_json: string
  item_count: number
  /** `intent` before the call is known to have arrived, then `sent`, `completed`, or `refused`. */
  state: 'intent' | 'sent' | 'completed' | 'refused'
  remote_id: string | null
  intent_at: number
  remote_created_at: number | null
  completed_at: number | null
  problem: string | null
}

interface LedgerTable {
  id: Generated<number>
  at: number
  account: string
  purge_id: string
  kind: 'reserve' | 'commit' | 'release'
  items: number
  /** UTC month, `2026-11`. */
  month: string
}

interface LogTable {
  id: Generated<number>
  at: number
  site_id: string | null
  by: string
  text: string
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
}

/** Ways in which a tag was written that differ from `tags.tag` by letter case only. */
interface TagSpellingsTable {
  tag_id: number
  spelling: string
}

/** Pages with more than 50 tags. Kept by triggers. */
interface CrowdedPagesTable {
  page_id: number
}
