import * as z from 'zod'
import { priceOf, PURGE_SOURCES, type BudgetSettings, type PurgeSource } from '#shared/budget.ts'
import type { Spend, SpendBy } from '#shared/budget-account.ts'
import type { Database } from '#main/platform/database.ts'
import { EVERYTHING, TAG_OF_ITEM } from './ledger-sql.ts'
import { senderName } from './records.ts'
import type { SettingsStore } from './settings.ts'

/** Items that were counted for one key, in the order of the ledger. */
export interface Share {
  readonly key: string
  readonly label: string
  readonly source: PurgeSource
  readonly items: number
}

/** What the items of a month were for. */
export interface Spending {
  of(account: string, month: string, by: SpendBy): Spend[]
}

interface Row {
  key: string
  items: number
  source: string
  site_name: string | null
  install: string | null
  by: string
  distribution_id: string | null
}

const Source = z.enum(PURGE_SOURCES)
const REASONS: Readonly<Record<string, string>> = {
  pages: 'Chosen pages',
  filter: 'Pages of a filter',
  tag: 'A tag that changed',
  paths: 'Pasted paths',
  deploy: 'After a deploy or rollback',
  gone: 'Its plan went with its site',
  elsewhere: 'Another Frostline',
  outside: 'Outside Frostline',
}
const KEYS: Record<Exclude<SpendBy, 'tag'>, string> = { site: 'site_key', person: 'who', reason: 'reason' }

export function createSpending(db: Database, settings: SettingsStore): Spending {
  const read = (key: string, items: string, from: string, groups: string) =>
    db.raw.prepare<[{ account: string; month: string }], Row>(`
      SELECT ${key} AS key, ${items} AS items, everything.source, sites.name AS site_name, everything.install, everything.by,
        everything.distribution_id
      FROM ledger JOIN (${EVERYTHING}) AS everything ON everything.id = ledger.purge_id ${from}
      LEFT JOIN sites ON sites.id = everything.site_id
      WHERE ledger.account = @account AND ledger.month = @month AND ledger.kind = 'commit' ${groups} ORDER BY ledger.id`)
  const whole = (by: Exclude<SpendBy, 'tag'>) => read(KEYS[by], 'ledger.items', '', '')
  const reads = {
    site: whole('site'),
    person: whole('person'),
    reason: whole('reason'),
    tag: read(TAG_OF_ITEM, 'COUNT(*)', 'JOIN json_each(everything.items_json) AS item', 'GROUP BY ledger.id, 1'),
  }
  return {
    of: (account, month, by) =>
      sumShares(
        reads[by].all({ account, month }).map((row) => ({
          key: row.key,
          label: labelOf(by, row),
          source: Source.parse(row.source),
          items: row.items,
        })),
        settings.read(account),
      ),
  }
}

/** Shares by key, the largest first. The month's first items are free, whoever sent them. */
export function sumShares(shares: readonly Share[], price: Pick<BudgetSettings, 'allowance' | 'priceMicroDollars'>): Spend[] {
  const sums = new Map<string, Spend>()
  let before = 0
  for (const { key, label, source, items } of shares) {
    const sum = sums.get(key) ?? { key, label, items: 0, microDollars: 0, source }
    sums.set(key, {
      ...sum,
      source: sum.source === source ? source : 'here',
      items: sum.items + items,
      microDollars: sum.microDollars + priceOf(items, before, price),
    })
    before += items
  }
  return [...sums.values()].sort((a, b) => b.items - a.items || (a.key < b.key ? -1 : 1))
}

function labelOf(by: SpendBy, row: Row): string {
  switch (by) {
    case 'site':
      return row.site_name ?? (row.distribution_id === null ? 'A site that was removed' : `Distribution ${row.distribution_id}`)
    case 'person':
      return senderName(row.source, row.install, row.by)
    case 'reason':
      return REASONS[row.key] ?? row.key
    case 'tag':
      return row.key === '' ? 'Paths, for no tag' : row.key
  }
}
