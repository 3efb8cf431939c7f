import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { priceOf, PURGE_SOURCES, PURGE_STATES, type LedgerFilter, type PurgeRecord } from '#shared/budget.ts'
import type { Database } from '#main/platform/database.ts'
import { chargedOf, type Counted } from './days.ts'
import { EVERYTHING, TAG_OF_ITEM } from './ledger-sql.ts'
import type { SettingsStore } from './settings.ts'

/** Which purges, the newest first; null: all. */
export interface RecordsAsked {
  readonly month: string | null
  readonly filter: LedgerFilter | null
  readonly cursor: string | null
  readonly limit: number
}

/** What was sent to the edge on an account, whoever sent it, for people to read. Removed sites and plans leave theirs here. */
export interface PurgeRecords {
  /** Throws `BAD_INPUT` for a cursor that is none. */
  list(account: string, asked: RecordsAsked): { rows: PurgeRecord[]; nextCursor: string | null }
  /** Of purges of others at most the first 1,000. Throws `NOT_FOUND`. */
  items(purgeId: string): string[]
  /** What counts in a month, in the order of the ledger. */
  counted(account: string, month: string): Counted[]
  /** Months in which anything counts, the newest first. */
  months(account: string): string[]
  /** Items more that the pages of the month's plans would have taken one by one. */
  savedItems(account: string, month: string): number
}

interface Row {
  id: string
  at: number
  site_id: string | null
  site_name: string | null
  by: string
  source: string
  install: string | null
  distribution_id: string | null
  dated: number
  known_plan: string | null
  title: string | null
  item_count: number
  state: string
  problem: string | null
  month: string
  counts: number | null
  before: number | null
}

const State = z.enum(PURGE_STATES)
const Source = z.enum(PURGE_SOURCES)
const Items = z.array(z.string())

export function createPurgeRecords(db: Database, settings: SettingsStore): PurgeRecords {
  const list = db.raw.prepare<[Record<string, unknown>], Row>(`
    SELECT everything.*, sites.name AS site_name,
      COALESCE(sent.month, strftime('%Y-%m', everything.at / 1000, 'unixepoch')) AS month, sent.items AS counts,
      (SELECT SUM(earlier.items) FROM ledger AS earlier WHERE earlier.account = sent.account
        AND earlier.month = sent.month AND earlier.kind = 'commit' AND earlier.id < sent.id) AS before
    FROM (${EVERYTHING}) AS everything
    LEFT JOIN sites ON sites.id = everything.site_id
    LEFT JOIN ledger AS sent ON sent.purge_id = everything.id AND sent.kind = 'commit'
    WHERE (@month IS NULL OR @month = COALESCE(sent.month, strftime('%Y-%m', everything.at / 1000, 'unixepoch')))
      AND (@atMs IS NULL OR (everything.at, everything.id) < (@atMs, @id))
      AND CASE @by WHEN 'site' THEN site_key = @key WHEN 'person' THEN who = @key WHEN 'reason' THEN reason = @key
        WHEN 'tag' THEN EXISTS (SELECT 1 FROM json_each(items_json) AS item WHERE ${TAG_OF_ITEM} = @key) ELSE 1 END
    ORDER BY everything.at DESC, everything.id DESC LIMIT @limit`)
  const items = db.raw.prepare<[string, string], { items_json: string }>(
    'SELECT items_json FROM purges WHERE id = ? UNION ALL SELECT items_json FROM account_purges WHERE id = ?',
  )
  const counted = db.raw.prepare<[string, string], { items: number; created_at: number; source: string }>(`
    SELECT ledger.items, COALESCE(purges.remote_created_at, account_purges.created_at, ledger.at) AS created_at,
      COALESCE(account_purges.source, 'here') AS source
    FROM ledger LEFT JOIN purges ON purges.id = ledger.purge_id LEFT JOIN account_purges ON account_purges.id = ledger.purge_id
    WHERE ledger.account = ? AND ledger.month = ? AND ledger.kind = 'commit' ORDER BY ledger.id`)
  const months = db.raw.prepare<[string], { month: string }>(
    `SELECT DISTINCT month FROM ledger WHERE account = ? AND kind = 'commit' ORDER BY month DESC`,
  )
  const saved = db.raw.prepare<[string, string], { items: number | null }>(`
    SELECT SUM(MAX(0, pages - sent)) AS items FROM (
      SELECT json_extract(plans.plan_json, '$.purge.pageCount') AS pages, SUM(ledger.items) AS sent
      FROM ledger JOIN purges ON purges.id = ledger.purge_id JOIN plans ON plans.id = purges.plan_id
      WHERE ledger.account = ? AND ledger.month = ? AND ledger.kind = 'commit' GROUP BY plans.id)`)
  return {
    list(account, { month, filter, cursor, limit }) {
      const from = cursor === null ? { atMs: null, id: '' } : readCursor(cursor)
      const found = list.all({ account, month, by: filter?.by ?? '', key: filter?.key ?? '', ...from, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      const agreed = settings.read(account)
      return {
        rows: shown.map((row) => ({
          id: row.id,
          atMs: row.at,
          source: Source.parse(row.source),
          distributionId: row.distribution_id,
          dated: row.dated === 1,
          siteId: row.site_id,
          siteName: row.site_name,
          by: senderName(row.source, row.install, row.by),
          plan: row.known_plan === null ? null : { id: row.known_plan, title: row.title ?? 'Purge' },
          itemCount: row.item_count,
          state: State.parse(row.state),
          problem: row.problem,
          month: row.month,
          chargedItems: row.counts === null ? null : chargedOf(row.counts, row.before ?? 0, agreed),
          microDollars: row.counts === null ? null : priceOf(row.counts, row.before ?? 0, agreed),
        })),
        nextCursor: found.length > limit && last ? `${last.at} ${last.id}` : null,
      }
    },
    items(purgeId) {
      const row = items.get(purgeId, purgeId)
      if (!row) throw new AppError('NOT_FOUND', 'This purge is not here.', { field: 'purgeId', fix: 'Load the list again.' })
      return Items.parse(JSON.parse(row.items_json))
    },
    counted: (account, month) =>
      counted
        .all(account, month)
        .map((row) => ({ items: row.items, createdAtMs: row.created_at, source: Source.parse(row.source) })),
    months: (account) => months.all(account).map((row) => row.month),
    savedItems: (account, month) => saved.get(account, month)?.items ?? 0,
  }
}

/** Who sent a purge, as far as its reference says. */
export function senderName(source: string, install: string | null, by: string): string {
  if (source === 'outside') return 'Outside Frostline'
  if (source === 'elsewhere') return install === null ? 'Another Frostline' : `Frostline ${install}`
  return by
}

function readCursor(cursor: string): { atMs: number; id: string } {
  const [, at, id] = /^(\d{1,15}) (\S.*)$/.exec(cursor) ?? []
  if (at === undefined || id === undefined)
    throw new AppError('BAD_INPUT', 'This is no place in the list.', { field: 'cursor', fix: 'Load the list again.' })
  return { atMs: Number(at), id }
}
