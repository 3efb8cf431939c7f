import * as z from 'zod'
import type { Raw } from '#main/platform/database.ts'
import type { KnownPage, KnownPurge } from './evidence.ts'
import { otherSpellings } from './spelling.ts'
import type { SubjectSite } from './subject.ts'

export interface PurgeWorld {
  readonly db: Raw
  /** Whether an item purges a page with this path and these tags, by the vendor's rules. */
  itemMatches(item: string, path: string, tags: readonly string[]): boolean
}

/** Purges that are looked at, the newest first, and how far back: an older one is no news for any copy. */
const PURGES = 100
const BACK_MS = 90 * 86_400_000
const Items = z.array(z.string())

interface Row {
  id: string
  plan_id: string
  state: KnownPurge['state']
  intent_at: number
  remote_created_at: number | null
  completed_at: number | null
  by: string
  items_json: string
}

/** Purges of the site that reach a path, its tags, or only another spelling of the path. The newest first. */
export function readPurges(
  world: PurgeWorld,
  site: SubjectSite,
  path: string,
  page: KnownPage | null,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): KnownPurge[] {
  const rows = world.db
    .prepare<[Record<string, unknown>], Row>(
      `SELECT id, plan_id, state, intent_at, remote_created_at, completed_at, by, items_json FROM purges
       WHERE account = @account AND site_id = @siteId AND intent_at > @fromMs AND intent_at <= @toMs
         AND state <> 'covered'
       ORDER BY intent_at DESC, id DESC LIMIT ${PURGES}`,
    )
    .all({ account: site.account, siteId: site.about.id, fromMs: Math.max(fromMs, toMs - BACK_MS), toMs })
  const tags = page?.tags.map(({ tag }) => tag) ?? []
  const spelled = otherSpellings(path)
  return rows.flatMap((row) => {
    const items = Items.parse(JSON.parse(row.items_json))
    const covering = items.filter((item) => world.itemMatches(item, path, tags))
    const nearMisses = items.filter(
      (item) => !covering.includes(item) && spelled.some((other) => world.itemMatches(item, other, [])),
    )
    if (covering.length === 0 && nearMisses.length === 0) return []
    const completed = row.completed_at !== null && row.completed_at <= toMs
    return {
      id: row.id,
      planId: row.plan_id,
      // It had not ended at an instant before its end.
      state: row.state === 'completed' && !completed ? 'sent' : row.state,
      sentAtMs: row.remote_created_at ?? row.intent_at,
      completedAtMs: completed ? row.completed_at : null,
      by: row.by,
      covering,
      nearMisses,
    }
  })
}
