import { readReference } from '#shared/purge-reference.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

/** A purge as the account has it. */
export interface FoundPurge {
  readonly remoteId: string
  readonly createdAtMs: number
  /** False when the vendor told no date, and `createdAtMs` is where it stands in the list. */
  readonly dated: boolean
  readonly reference: string
  readonly items: readonly string[]
}

/** Purges on an account that this Frostline did not send, or does not know that it sent. */
export interface Others {
  knows(account: string, distributionId: string, remoteId: string): boolean
  /** Counts a purge once, however often it is found. One of ours whose answer was lost becomes known as sent. */
  take(account: string, distributionId: string, found: FoundPurge): 'here' | 'elsewhere' | 'outside'
  /** Items of a UTC month by whose they are. */
  itemsOf(account: string, month: string): { readonly elsewhere: number; readonly outside: number }
}

/** Enough to see what it was about; all of its items are counted. */
const ITEMS_KEPT = 1_000
const LETTERS_KEPT = 200_000

type Commit = (account: string, purgeId: string, items: number, createdAtMs: number) => void

export function createOthers(db: Database, clock: Clock, commit: Commit): Others {
  const { raw } = db
  const idOf = (account: string, distributionId: string, remoteId: string) => `${account} ${distributionId} ${remoteId}`
  const known = raw.prepare<[string, string, string], { one: number }>(
    `SELECT 1 AS one FROM purges WHERE remote_id = ? AND account = ? UNION ALL SELECT 1 FROM account_purges WHERE id = ?`,
  )
  const ours = raw.prepare<[string, string], { id: string; item_count: number; remote_id: string | null }>(
    'SELECT id, item_count, remote_id FROM purges WHERE reference = ? AND account = ?',
  )
  // A plan that runs goes on with it; one that has ended does not look at it again.
  const arrived = raw.prepare(`UPDATE purges SET remote_id = @remoteId, remote_created_at = @at, problem = NULL,
    state = CASE WHEN EXISTS (SELECT 1 FROM plans WHERE plans.id = purges.plan_id AND plans.state = 'purging') THEN 'sent' ELSE 'completed' END
    WHERE id = @id AND remote_id IS NULL`)
  const insert = raw.prepare(`INSERT OR IGNORE INTO account_purges
    (id, account, distribution_id, remote_id, created_at, dated, found_at, source, install, reference, items_json, item_count)
    VALUES (@id, @account, @distributionId, @remoteId, @at, @dated, @now, @source, @install, @reference, @items, @count)`)
  const sums = raw.prepare<[string, string], { source: 'elsewhere' | 'outside'; items: number }>(`
    SELECT account_purges.source, SUM(ledger.items) AS items FROM ledger JOIN account_purges ON account_purges.id = ledger.purge_id
    WHERE ledger.account = ? AND ledger.month = ? AND ledger.kind = 'commit' GROUP BY account_purges.source`)

  return {
    knows: (account, distributionId, remoteId) =>
      known.get(remoteId, account, idOf(account, distributionId, remoteId)) !== undefined,
    take: (account, distributionId, found) =>
      db.transact(() => {
        const own = ours.get(found.reference, account)
        if (own) {
          arrived.run({ id: own.id, remoteId: found.remoteId, at: found.createdAtMs })
          commit(account, own.id, own.item_count, found.createdAtMs)
          return 'here'
        }
        const id = idOf(account, distributionId, found.remoteId)
        const sender = readReference(found.reference)
        const source = sender === null ? 'outside' : 'elsewhere'
        insert.run({
          id,
          account,
          distributionId,
          remoteId: found.remoteId,
          at: found.createdAtMs,
          dated: found.dated ? 1 : 0,
          now: clock(),
          source,
          install: sender?.install ?? null,
          reference: found.reference.slice(0, 400),
          items: JSON.stringify(firstOf(found.items)),
          count: found.items.length,
        })
        commit(account, id, found.items.length, found.createdAtMs)
        return source
      }),
    itemsOf(account, month) {
      const rows = sums.all(account, month)
      const of = (source: string) => rows.find((row) => row.source === source)?.items ?? 0
      return { elsewhere: of('elsewhere'), outside: of('outside') }
    },
  }
}

function firstOf(items: readonly string[]): string[] {
  const kept: string[] = []
  let letters = 0
  for (const item of items) {
    letters += item.length
    if (kept.length === ITEMS_KEPT || letters > LETTERS_KEPT) break
    kept.push(item)
  }
  return kept
}
