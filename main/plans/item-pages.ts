import { sql } from 'kysely'
import type { ItemPage } from '#shared/plan-items.ts'
import type { Database } from '#main/platform/database.ts'
import type { CheckItem } from './check-item.ts'
import { sharingSites } from './cover/sharing-sites.ts'
import type { Classification } from './targets.ts'

export interface ItemPagesAsked {
  readonly planId: string
  readonly siteId: string
  readonly item: string
  /** Where the last part ended; null for the first. */
  readonly after: string | null
  readonly limit: number
}

/** A wildcard whose pages are spelled otherwise in the list may need to look at more rows than it shows. */
const ROWS_READ = 2_000

/** The pages that an item reaches as they stand now, a part at a time: by site, then by path. */
export async function itemPages(
  world: { readonly db: Database; readonly classify: Classification; readonly keyOf: CheckItem },
  asked: ItemPagesAsked,
  nowMs: number,
): Promise<{ rows: ItemPage[]; next: string | null }> {
  const { query, raw } = world.db
  const sites = sharingSites(raw, asked.siteId)
  const from = readCursor(asked.after)
  const rows: ItemPage[] = []
  const time = world.classify(nowMs).time
  for (let at = from.site; at < sites.length; at++) {
    const site = sites[at]!
    const begin: { readonly path: string; readonly id: number } = at === from.site ? from : { path: '', id: 0 }
    const found = await query
      .selectFrom('pages')
      .innerJoin('zones', 'zones.id', 'pages.zone_id')
      .select(['pages.id', 'pages.path', 'zones.host'])
      .select([
        sql<number>`COALESCE(${time} IN ('in-date', 'stale-allowed'), pages.purged_at IS NULL)`.as('held'),
        sql<number>`EXISTS (SELECT 1 FROM plan_pages WHERE plan_id = ${asked.planId} AND page_id = pages.id
          AND decision IN ('purge', 'after-build', 'after-refresh'))`.as('wanted'),
      ])
      .where('pages.site_id', '=', site.id)
      .where(reaches(asked.item, site.id))
      .where(sql<boolean>`(pages.path, pages.id) > (${begin.path}, ${begin.id})`)
      .orderBy('pages.path')
      .orderBy('pages.id')
      .limit(ROWS_READ)
      .execute()
    let shown = begin
    for (const row of found) {
      if (!isReached(asked.item, row.path, world.keyOf)) continue
      if (rows.length === asked.limit) return { rows, next: JSON.stringify([at, shown.path, shown.id]) }
      const { id, path, host } = row
      shown = { path, id }
      const wanted = row.wanted === 1
      rows.push({ pageId: id, path, zoneHost: host, siteName: at === 0 ? null : site.name, wanted, held: row.held === 1 })
    }
    const last = found.at(-1)
    if (found.length === ROWS_READ && last) return { rows, next: JSON.stringify([at, last.path, last.id]) }
  }
  return { rows, next: null }
}

/** All pages that an item reaches, and some whose spelling has to be looked at. */
function reaches(item: string, siteId: string) {
  if (item.startsWith('#')) {
    return sql<boolean>`pages.id IN (SELECT page_tags.page_id FROM tags JOIN page_tags ON page_tags.tag_id = tags.id
      WHERE tags.site_id = ${siteId} AND tags.folded = ${item.slice(1).toLowerCase()} AND page_tags.in_header = 1)`
  }
  const begins = item.replace(/\*$/, '')
  const codeAt = begins.indexOf('%')
  if (!item.endsWith('*') && codeAt === -1) {
    return sql<boolean>`(pages.path = ${item} OR (pages.path >= ${`${item}?`} AND pages.path < ${`${item}@`}))`
  }
  // The list may have a character as it is that the item has encoded.
  const sure = codeAt === -1 ? begins : begins.slice(0, codeAt)
  return sql<boolean>`(pages.path >= ${sure} AND pages.path < ${`${sure}\u{10FFFF}`})`
}

function isReached(item: string, path: string, keyOf: CheckItem): boolean {
  if (item.startsWith('#')) return true
  const checked = keyOf(path)
  if (!checked.ok) return false
  return item.endsWith('*') ? checked.item.startsWith(item.slice(0, -1)) : checked.item === item
}

function readCursor(after: string | null): { site: number; path: string; id: number } {
  const parsed: unknown = after === null ? null : safeJson(after)
  if (!Array.isArray(parsed)) return { site: 0, path: '', id: 0 }
  const [site, path, id]: unknown[] = parsed
  return typeof site === 'number' && typeof path === 'string' && typeof id === 'number'
    ? { site: Math.max(0, Math.trunc(site)), path, id }
    : { site: 0, path: '', id: 0 }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
