import { sql } from 'kysely'
import type { PageEntry } from '#shared/pages.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import { countPages } from './counts.ts'
import { readDetail } from './detail.ts'
import { filterSql } from './filter.ts'
import { readHistory } from './history.ts'
import { selectRows } from './rows.ts'
import { afterSql, decodeCursor, encodeCursor } from './sort.ts'

/** What the renderer keeps of a page; the entries feature supplies it. */
interface EntriesPort {
  read(pageId: number): Promise<PageEntry | null>
  expire(pageId: number, by: string): Promise<PageEntry>
  refreshOne(pageId: number, by: string): Promise<PageEntry>
}

export interface PagesWorld {
  readonly entries: EntriesPort
  readonly db: Database
  readonly clock: Clock
  /** Starts to look for pages; the id of the job. */
  discover(siteId: string): Promise<string>
}

export function pagesHandlers(world: PagesWorld) {
  const { db, clock } = world
  return os.pages.router({
    list: os.pages.list.handler(async ({ input }) => {
      const from = input.cursor === null ? null : decodeCursor(input.sort, input.cursor)
      const nowMs = from?.nowMs ?? clock()
      const inFilter = filterSql(input.siteId, input.filter, nowMs)
      const where = from ? sql<boolean>`${inFilter} AND ${afterSql(input.sort, from)}` : inFilter
      const found = await selectRows(db.query, { where, sort: input.sort, nowMs, limit: input.limit + 1 })
      const shown = found.slice(0, input.limit)
      const last = shown.at(-1)
      const nextCursor =
        found.length > input.limit && last ? encodeCursor(input.sort, { value: last.sortedBy, id: last.row.id, nowMs }) : null
      return { rows: shown.map(({ row }) => row), nextCursor, nowMs }
    }),
    counts: os.pages.counts.handler(({ input }) => countPages(db.query, input.siteId, input.filter, clock())),
    get: os.pages.get.handler(({ input }) => readDetail(db.query, input.pageId, clock())),
    entry: os.pages.entry.handler(({ input }) => world.entries.read(input.pageId)),
    expire: os.pages.expire.handler(({ input, context }) => world.entries.expire(input.pageId, context.person)),
    refresh: os.pages.refresh.handler(({ input, context }) => world.entries.refreshOne(input.pageId, context.person)),
    history: os.pages.history.handler(({ input }) => readHistory(db.query, input.pageId, clock())),
    discover: os.pages.discover.handler(async ({ input }) => ({ jobId: await world.discover(input.siteId) })),
  })
}
