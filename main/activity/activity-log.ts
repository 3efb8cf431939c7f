import { sql } from 'kysely'
import {
  ActivityKind,
  ActivityResult,
  ActivitySubject,
  type ActivityFacts,
  type LogEntry,
  type LogFilter,
} from '#shared/activity.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

/** Who did what, for people to read. */
export interface ActivityLog {
  write(entry: {
    readonly siteId: string | null
    readonly by: string
    readonly text: string
    readonly facts: ActivityFacts
  }): void
  /** The newest first, older than the entry `before`. */
  read(filter: LogFilter, before: number | null, limit: number): Promise<{ rows: LogEntry[]; next: number | null }>
  people(): Promise<string[]>
}

export function createActivityLog(db: Database, changes: Changes, clock: Clock): ActivityLog {
  const insert = db.raw.prepare(`
    INSERT INTO log (at, site_id, by, text, kind, result, items, micro_dollars, about_kind, about_id)
    VALUES (@at, @siteId, @by, @text, @kind, @result, @items, @microDollars, @aboutKind, @aboutId)`)
  return {
    write({ siteId, by, text, facts: { kind, result, cost, about } }) {
      insert.run({
        at: clock(),
        siteId,
        by,
        text,
        kind,
        result: result ?? null,
        items: cost?.items ?? null,
        microDollars: cost?.microDollars ?? null,
        aboutKind: about?.kind ?? null,
        aboutId: about?.id ?? null,
      })
      changes.tell('log')
    },
    async read({ kinds, by, siteId }, before, limit) {
      const found = await db.query
        .selectFrom('log')
        .leftJoin('sites', 'sites.id', 'log.site_id')
        .selectAll('log')
        .select('sites.name as site_name')
        .$if(kinds !== undefined && kinds.length > 0, (query) => query.where('log.kind', 'in', kinds ?? []))
        .$if(by !== undefined, (query) => query.where('log.by', '=', by ?? ''))
        .$if(siteId !== undefined, (query) => query.where('log.site_id', '=', siteId ?? ''))
        .$if(before !== null, (query) => query.where('log.id', '<', before ?? 0))
        .orderBy('log.id', 'desc')
        .limit(limit + 1)
        .execute()
      return {
        rows: found.slice(0, limit).map(toEntry),
        next: found.length > limit ? (found[limit - 1]?.id ?? null) : null,
      }
    },
    async people() {
      const found = await db.query
        .selectFrom('log')
        .select('by')
        .distinct()
        .orderBy(sql`by COLLATE NOCASE`)
        .execute()
      return found.map((row) => row.by)
    },
  }
}

function toEntry(row: {
  id: number
  at: number
  site_id: string | null
  site_name: string | null
  by: string
  text: string
  kind: string
  result: string | null
  items: number | null
  micro_dollars: number | null
  about_kind: string | null
  about_id: string | null
}): LogEntry {
  const about = ActivitySubject.safeParse({ kind: row.about_kind, id: row.about_id })
  return {
    id: row.id,
    atMs: row.at,
    siteId: row.site_id,
    siteName: row.site_name,
    by: row.by,
    kind: ActivityKind.parse(row.kind),
    text: row.text,
    result: ActivityResult.safeParse(row.result).data ?? null,
    cost: row.items === null ? null : { items: row.items, microDollars: row.micro_dollars ?? 0 },
    about: about.success ? about.data : null,
  }
}
