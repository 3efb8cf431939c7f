import type { Generated } from 'kysely'

export interface HookTables {
  hook_settings: { id: number; port: number; public_url: string | null; keep_days: number }
  hook_sources: HookSourcesTable
  hook_events: HookEventsTable
  hook_keys: { source_id: string; key: string; at: number }
  hook_rules: { id: string; site_id: string; rule_json: string; created_at: number; changed_by: string }
  hook_work: HookWorkTable
  content_index: ContentIndexTable
  visit_checks: { site_id: string; key: string; enabled: number; minutes: number }
  visit_stamps: { page_id: number; site_id: string; seen_at: number; stamp: string | null; visits: number }
  /** When the core last ran, and the last long time in which it did not; null once its summary was read. */
  absences: { id: number; alive_at: number; from_at: number | null; to_at: number | null }
}

interface HookSourcesTable {
  id: string
  site_id: string
  kind: string
  name: string
  /** The SHA-256 of the random part of its address, which is kept nowhere. */
  path_hash: string
  settings_json: string
  enabled: number
  created_at: number
  created_by: string
}

export interface HookEventsTable {
  id: Generated<number>
  source_id: string
  received_at: number
  state: 'waiting' | 'done' | 'failed' | 'refused'
  headers_json: string
  body: Uint8Array
  replay_of: number | null
  /** Why it was refused or failed. */
  reason: string | null
  event: string | null
  raw_event: string | null
  type: string | null
  content_id: string | null
  result_json: string | null
  /** When it changed, by its vendor's clock, for what was found by asking. */
  changed_at: number | null
  /** What makes it the same change as another one that was told in the other way. */
  change_key: string | null
  same_as: number | null
}

/** What rules asked for. At most one of a kind waits for a site: more of it is joined to that. */
export interface HookWorkTable {
  id: Generated<number>
  site_id: string
  kind: 'build' | 'plan' | 'refresh' | 'when-visited'
  state: 'waiting' | 'running' | 'done' | 'failed'
  changes: number
  /** The names of the sources, one a line. */
  sources: string
  page_ids_json: string
  created_at: number
  ended_at: number | null
  /** The plan or build that it became, known before that is started. */
  ref: string | null
  note: Generated<string>
  /** 1: the plan builds first. */
  rebuild: Generated<number>
}

/** What was last known of a piece of content: deletions name only its id. */
interface ContentIndexTable {
  source_id: string
  content_id: string
  type: string | null
  /** Paths into the payload and their values. */
  values_json: string
  changed_at: number
  /** 1: it was deleted or unpublished. */
  gone: Generated<number>
}
