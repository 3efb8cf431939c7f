import { AWAY_FROM_MINUTES, type Away } from '#shared/away.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'

const ALIVE_EVERY_MS = 30_000
/** What a content system or a relay sends once this machine is back belongs to the time before. */
const CATCH_UP_MS = 10 * 60_000

/** Notices that the core did not run for long, and what happened meanwhile. */
export interface Absences {
  /** Looks whether there was an absence until now; at a start and at a wake. */
  look(): void
  /** Keeps, now and then, that the core runs. Ends with the signal. */
  run(signal: AbortSignal): Promise<void>
  /** Counted anew each time: builds and purges become known one after the other. */
  summary(siteId: string): Away | null
  dismiss(toMs: number): boolean
}

interface Range {
  readonly siteId: string
  readonly account: string
  readonly from: number
  readonly to: number
  readonly until: number
}

export function createAbsences(raw: Raw, clock: Clock, changed: () => void): Absences {
  const read = raw.prepare<[], { alive_at: number; from_at: number | null; to_at: number | null }>('SELECT * FROM absences')
  const count = (sql: string) => {
    const statement = raw.prepare<Range, { count: number | null }>(sql)
    return (range: Range): number => statement.get(range)?.count ?? 0
  }
  const deliveries = count(
    `SELECT count(*) AS count FROM hook_events JOIN hook_sources ON hook_sources.id = source_id WHERE site_id = @siteId
     AND coalesce(changed_at, received_at) BETWEEN @from AND @until AND hook_events.state <> 'refused' AND replay_of IS NULL
     AND same_as IS NULL`,
  )
  const expired = count('SELECT count(*) AS count FROM page_entries WHERE site_id = @siteId AND marked_at BETWEEN @from AND @to')
  const builds = count('SELECT count(*) AS count FROM builds WHERE site_id = @siteId AND queued_at BETWEEN @from AND @to')
  const purges = count(
    'SELECT sum(item_count) AS count FROM account_purges WHERE account = @account AND created_at BETWEEN @from AND @to',
  )
  const accountOf = raw.prepare<[string], { account: string }>(
    `SELECT settings_json ->> '$.edge.account' AS account FROM sites WHERE id = ?`,
  )

  function alive(nowMs: number): void {
    raw
      .prepare('INSERT INTO absences (id, alive_at) VALUES (1, ?) ON CONFLICT DO UPDATE SET alive_at = excluded.alive_at')
      .run(nowMs)
  }

  const look = () => {
    const nowMs = clock()
    const before = read.get()
    alive(nowMs)
    if (!before || nowMs - before.alive_at < AWAY_FROM_MINUTES * 60_000) return
    raw.prepare('UPDATE absences SET from_at = ?, to_at = ?').run(before.alive_at, nowMs)
    changed()
  }
  return {
    look,
    async run(signal) {
      while (!signal.aborted) {
        look()
        await delay(ALIVE_EVERY_MS, signal)
      }
    },
    summary(siteId) {
      const { from_at: from, to_at: to } = read.get() ?? { from_at: null, to_at: null }
      if (from === null || to === null) return null
      const account = accountOf.get(siteId)?.account ?? ''
      const range = { siteId, account, from, to, until: to + CATCH_UP_MS }
      return {
        fromMs: from,
        toMs: to,
        changes: deliveries(range) + expired(range),
        builds: builds(range),
        purgesElsewhere: purges(range),
      }
    },
    dismiss: (toMs) => raw.prepare('UPDATE absences SET from_at = NULL, to_at = NULL WHERE to_at = ?').run(toMs).changes > 0,
  }
}
