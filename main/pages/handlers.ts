import type { PageCounts, PageEntry, PageFilter } from '#shared/pages.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import { readDetail } from './detail.ts'
import { readHistory } from './history.ts'
import type { ListWish, PageList } from './list.ts'

/** What the renderer keeps of a page; the entries feature supplies it. */
interface EntriesPort {
  read(pageId: number): Promise<PageEntry | null>
  expire(pageId: number, by: string): Promise<PageEntry>
  refreshOne(pageId: number, by: string): Promise<PageEntry>
}

/** Reads over every page of a site, which do not run on the core thread. */
interface ReadsPort {
  list(wish: ListWish): Promise<PageList>
  counts(siteId: string, filter: PageFilter, nowMs: number): Promise<PageCounts>
}

export interface PagesWorld {
  readonly reads: ReadsPort
  readonly entries: EntriesPort
  readonly db: Database
  readonly clock: Clock
  /** Starts to look for pages; the id of the job. */
  discover(siteId: string): Promise<string>
}

export function pagesHandlers(world: PagesWorld) {
  const { db, clock, reads } = world
  const pageAt = db.raw.prepare<[string, string, string], { pageId: number }>(
    `SELECT pages.id AS pageId FROM zones JOIN pages ON pages.zone_id = zones.id
     WHERE zones.site_id = ? AND zones.host = ? AND pages.path = ?`,
  )
  return os.pages.router({
    list: os.pages.list.handler(({ input }) => reads.list({ ...input, nowMs: clock() })),
    counts: os.pages.counts.handler(({ input }) => reads.counts(input.siteId, input.filter, clock())),
    get: os.pages.get.handler(({ input }) => readDetail(db.query, input.pageId, clock())),
    at: os.pages.at.handler(({ input: { siteId, host, path } }) => pageAt.get(siteId, host, path) ?? null),
    entry: os.pages.entry.handler(({ input }) => world.entries.read(input.pageId)),
    expire: os.pages.expire.handler(({ input, context }) => world.entries.expire(input.pageId, context.person)),
    refresh: os.pages.refresh.handler(({ input, context }) => world.entries.refreshOne(input.pageId, context.person)),
    history: os.pages.history.handler(({ input }) => readHistory(db.query, input.pageId, clock())),
    discover: os.pages.discover.handler(async ({ input }) => ({ jobId: await world.discover(input.siteId) })),
  })
}
