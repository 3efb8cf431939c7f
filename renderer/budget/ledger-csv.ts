import type { LedgerFilter, PurgeRecord } from '#shared/budget.ts'
import { orpc } from '#renderer/lib/client.ts'
import { csvText } from '#renderer/lib/csv.ts'

const ROWS_AT_ONCE = 200
const HEADER = [
  'date',
  'month',
  'sent by',
  'source',
  'site',
  'distribution',
  'for',
  'items',
  'charged items',
  'dollars',
  'micro-dollars',
  'state',
  'id',
]

/** The ledger as a spreadsheet reads it: instants in ISO 8601 (UTC), money in dollars and in whole micro-dollars. */
export function ledgerCsv(rows: readonly PurgeRecord[]): string {
  return csvText(
    HEADER,
    rows.map((row) => [
      row.dated ? new Date(row.atMs).toISOString() : '',
      row.month,
      row.by,
      row.source,
      row.siteName ?? '',
      row.distributionId ?? '',
      row.plan?.title ?? '',
      row.itemCount,
      row.chargedItems,
      row.microDollars === null ? null : (row.microDollars / 1_000_000).toFixed(6),
      row.microDollars,
      row.state,
      row.id,
    ]),
  )
}

/** Every purge of the month and filter, not only those that are shown. */
export async function readLedger(siteId: string, month: string | null, filter: LedgerFilter | null): Promise<PurgeRecord[]> {
  const rows: PurgeRecord[] = []
  for (let cursor: string | null = null; ;) {
    const page: { rows: PurgeRecord[]; nextCursor: string | null } = await orpc.budget.purges.call({
      siteId,
      month,
      filter,
      cursor,
      limit: ROWS_AT_ONCE,
    })
    rows.push(...page.rows)
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
}
