import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { priceOf, PURGE_STATES, PurgeRecord } from '#shared/budget.ts'
import type { Database } from '#main/platform/database.ts'
import { chargedOf, type Counted } from './days.ts'
import type { SettingsStore } from './settings.ts'

/** What was sent to the edge on an account, for people to read. Removed sites and plans leave theirs here. */
export interface PurgeRecords {
  /** The newest first. Throws `BAD_INPUT` for a cursor that is none. */
  list(
    account: string,
    month: string | null,
    cursor: string | null,
    limit: number,
  ): { rows: PurgeRecord[]; nextCursor: string | null }
  /** Throws `NOT_FOUND`. */
  items(purgeId: string): string[]
  /** What counts in a month, in the order of the ledger. */
  counted(account: string, month: string): Counted[]
  /** Months in which anything counts, the newest first. */
  months(account: string): string[]
}

interface Row {
  id: string
  intent_at: number
  site_id: string
  site_name: string | null
  by: string
  plan_id: string | null
  title: string | null
  item_count: number
  state: string
  problem: string | null
  month: string
  counts: number | null
  before: number | null
}

const State = z.enum(PURGE_STATES)
const Items = z.array(z.string())

export function createPurgeRecords(db: Database, settings: SettingsStore): PurgeRecords {
  const list = db.raw.prepare<[Record<string, unknown>], Row>(`
    SELECT purges.id, purges.intent_at, purges.site_id, sites.name AS site_name, purges.by, plans.id AS plan_id,
      json_extract(plans.plan_json, '$.title') AS title, purges.item_count, purges.state, purges.problem,
      COALESCE(sent.month, strftime('%Y-%m', purges.intent_at / 1000, 'unixepoch')) AS month, sent.items AS counts,
      (SELECT SUM(earlier.items) FROM ledger AS earlier WHERE earlier.account = sent.account
        AND earlier.month = sent.month AND earlier.kind = 'commit' AND earlier.id < sent.id) AS before
    FROM purges
    LEFT JOIN sites ON sites.id = purges.site_id
    LEFT JOIN plans ON plans.id = purges.plan_id
    LEFT JOIN ledger AS sent ON sent.purge_id = purges.id AND sent.kind = 'commit'
    WHERE purges.account = @account
      AND (@month IS NULL OR @month = COALESCE(sent.month, strftime('%Y-%m', purges.intent_at / 1000, 'unixepoch')))
      AND (@atMs IS NULL OR (purges.intent_at, purges.id) < (@atMs, @id))
    ORDER BY purges.intent_at DESC, purges.id DESC LIMIT @limit`)
  const items = db.raw.prepare<[string], { items_json: string }>('SELECT items_json FROM purges WHERE id = ?')
  const counted = db.raw.prepare<[string, string], { items: number; created_at: number }>(`
    SELECT ledger.items, COALESCE(purges.remote_created_at, ledger.at) AS created_at
    FROM ledger LEFT JOIN purges ON purges.id = ledger.purge_id
    WHERE ledger.account = ? AND ledger.month = ? AND ledger.kind = 'commit' ORDER BY ledger.id`)
  const months = db.raw.prepare<[string], { month: string }>(
    `SELECT DISTINCT month FROM ledger WHERE account = ? AND kind = 'commit' ORDER BY month DESC`,
  )
  return {
    list(account, month, cursor, limit) {
      const from = cursor === null ? { atMs: null, id: '' } : readCursor(cursor)
      const found = list.all({ account, month, ...from, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      const agreed = settings.read(account)
      return {
        rows: shown.map((row) => ({
          id: row.id,
          atMs: row.intent_at,
          siteId: row.site_id,
          siteName: row.site_name,
          by: row.by,
          plan: row.plan_id === null ? null : { id: row.plan_id, title: row.title ?? 'Purge' },
          itemCount: row.item_count,
          state: State.parse(row.state),
          problem: row.problem,
          month: row.month,
          chargedItems: row.counts === null ? null : chargedOf(row.counts, row.before ?? 0, agreed),
          microDollars: row.counts === null ? null : priceOf(row.counts, row.before ?? 0, agreed),
        })),
        nextCursor: found.length > limit && last ? `${last.intent_at} ${last.id}` : null,
      }
    },
    items(purgeId) {
      const row = items.get(purgeId)
      if (!row) throw new AppError('NOT_FOUND', 'This purge is not here.', { field: 'purgeId', fix: 'Load the list again.' })
      return Items.parse(JSON.parse(row.items_json))
    },
    counted: (account, month) => counted.all(account, month).map((row) => ({ items: row.items, createdAtMs: row.created_at })),
    months: (account) => months.all(account).map((row) => row.month),
  }
}

function readCursor(cursor: string): { atMs: number; id: string } {
  const [, at, id] = /^(\d{1,15}) (\S+)$/.exec(cursor) ?? []
  if (at === undefined || id === undefined)
    throw new AppError('BAD_INPUT', 'This is no place in the list.', { field: 'cursor', fix: 'Load the list again.' })
  return { atMs: Number(at), id }
}
