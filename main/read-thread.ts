import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import type { PageFilter, Selection } from '#shared/pages.ts'
import { countChangesWaiting, groupPages } from './home/page-groups.ts'
import { countRenders } from './inspection/cost.ts'
import { freshnessSql } from './pages/freshness-sql.ts'
import type { ListWish } from './pages/list.ts'
import { createPageReads } from './pages/read-pages-task.ts'
import { openDatabase } from './platform/database.ts'
import { serveTasks } from './platform/workers.ts'
import { checkItem } from './providers/cloudfront/purge-items.ts'
import { readCounts } from './tags/counts.ts'

/** The read thread: answers what rests on every page of a site, so that the core thread never looks at all of them. */
const { dataFolder } = z.object({ dataFolder: z.string() }).parse(workerData)
const db = await openDatabase(join(dataFolder, 'frostline.db'), { migrate: false })
// Each read is one pass or a few rows; what is asked again lies in the index.
db.raw.pragma('cache_size = -16384')
const { query } = db
const pages = createPageReads(db, checkItem)

interface InSite {
  readonly siteId: string
}
interface At extends InSite {
  readonly nowMs: number
}

const tasks = {
  list: (wish: ListWish) => pages.list(wish),
  counts: ({ siteId, filter, nowMs }: At & { filter: PageFilter }) => pages.counts(siteId, filter, nowMs),
  resolve: ({ siteId, selection, nowMs }: At & { selection: Selection }) => pages.resolve(siteId, selection, nowMs),
  lines: ({ siteId, text }: InSite & { text: string }) => pages.lines(siteId, text),
  groups: async ({ siteId, nowMs }: At) => (await pages.groups(siteId, nowMs)) ?? groupPages(query, freshnessSql(nowMs), siteId),
  changesWaiting: ({ siteId }: InSite) => countChangesWaiting(query, siteId),
  countRenders: async ({ siteId, pageIds, nowMs }: At & { pageIds: readonly number[] }) =>
    (await pages.countRenders(siteId, pageIds, nowMs)) ?? countRenders(query, pageIds, nowMs),
  tagCounts: async ({ siteId, tagIds, nowMs }: At & { tagIds: readonly number[] }) =>
    (await pages.tagCounts(siteId, tagIds, nowMs)) ?? readCounts(query, freshnessSql(nowMs).word, siteId, tagIds),
  countOnDemand: ({ siteId }: InSite) => pages.countOnDemand(siteId),
  nextToCheck: ({ siteId, limit }: InSite & { limit: number }) => pages.nextToCheck(siteId, limit),
  warm: ({ siteId }: InSite) => pages.warm(siteId),
}
export type ReadTasks = typeof tasks

if (parentPort) serveTasks(parentPort, tasks)
