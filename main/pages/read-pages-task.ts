import { sql } from 'kysely'
import type { PageCounts, PageFilter, Selection } from '#shared/pages.ts'
import type { TagCounts } from '#shared/tags.ts'
import type { Database } from '#main/platform/database.ts'
import {
  countsFrom,
  groupsFrom,
  idsInOrder,
  idsMatching,
  onDemandFrom,
  rendersFrom,
  tagCountsFrom,
} from './columns/counts-from.ts'
import { createIndexes } from './columns/indexes.ts'
import { listFrom } from './columns/list-from.ts'
import { countPages } from './counts.ts'
import { nextToCheck } from './discovery.ts'
import { listPages, type ListWish, type PageList } from './list.ts'
import { readPageRules } from './page-rules.ts'
import { createReadLine, type ReadLine } from './read-line.ts'
import { readLines, toldLines } from './read-lines.ts'
import { resolveSelection, type PageFinder, type Resolved } from './selection.ts'

/** Questions whose answers rest on every page of a site: from memory, or by SQL when a site is too large for that. */
export function createPageReads(db: Database, checkItem: Parameters<typeof createReadLine>[1]) {
  const { query } = db
  const indexes = createIndexes(db)
  const otherSite = db.raw
    .prepare<[string, string], string>(
      `SELECT sites.name FROM zones JOIN sites ON sites.id = zones.site_id
       WHERE zones.host = ? AND sites.id <> ? AND sites.removed_at IS NULL LIMIT 1`,
    )
    .pluck()
  const readLineOf = async (siteId: string): Promise<ReadLine> =>
    createReadLine(
      await query.selectFrom('zones').select(['id', 'host']).where('site_id', '=', siteId).orderBy('id').execute(),
      checkItem,
      readPageRules(db.raw, siteId),
      (host) => otherSite.get(host, siteId) ?? null,
    )
  return {
    async list(wish: ListWish): Promise<PageList> {
      // A list by path begins at once: its SQL index has the order, so nobody waits for the memory to be filled.
      const isBeginning = wish.sort.by === 'path' && wish.cursor === null && Object.keys(wish.filter).length === 0
      const index = isBeginning ? indexes.ready(wish.siteId) : await indexes.of(wish.siteId)
      return index ? listFrom(index, query, wish) : listPages(query, wish)
    },
    async counts(siteId: string, filter: PageFilter, nowMs: number): Promise<PageCounts> {
      const index = await indexes.of(siteId)
      return index ? countsFrom(index, query, filter, nowMs) : countPages(query, siteId, filter, nowMs)
    },
    async resolve(siteId: string, selection: Selection, nowMs: number): Promise<Resolved> {
      const index = selection.kind === 'paths' ? null : await indexes.of(siteId)
      const find: PageFinder | undefined = index
        ? {
            matching: (filter) => idsMatching(index, query, filter, nowMs),
            known: async (pageIds) => idsInOrder(index, pageIds),
          }
        : undefined
      return resolveSelection(query, siteId, selection, nowMs, await readLineOf(siteId), find)
    },
    /** What each pasted line means, and what is wrong with it. */
    lines: async (siteId: string, text: string) => toldLines(await readLines(query, siteId, text, await readLineOf(siteId))),
    /** Null when it has to be asked by SQL; so do the next two. */
    async groups(siteId: string, nowMs: number): Promise<ReturnType<typeof groupsFrom> | null> {
      const index = await indexes.of(siteId)
      return index && groupsFrom(index, nowMs)
    },
    async countRenders(siteId: string, pageIds: readonly number[], nowMs: number): Promise<number | null> {
      const index = await indexes.of(siteId)
      return index && rendersFrom(index, pageIds, nowMs)
    },
    async tagCounts(siteId: string, tagIds: readonly number[], nowMs: number): Promise<TagCounts[] | null> {
      const index = await indexes.of(siteId)
      return index && tagCountsFrom(index, tagIds, nowMs)
    },
    async countOnDemand(siteId: string): Promise<number> {
      const index = await indexes.of(siteId)
      if (index) return onDemandFrom(index)
      const all = query
        .selectFrom('pages')
        .select(sql<number>`count(*)`.as('pages'))
        .where('site_id', '=', siteId)
      return (await all.where('renders_on_demand', '=', 1).executeTakeFirstOrThrow()).pages
    },
    /** Pages to check first when a site was just found. */
    nextToCheck: (siteId: string, limit: number): Promise<number[]> => nextToCheck(query, siteId, limit),
    /** Begins to fill the memory with a site's pages. */
    async warm(siteId: string): Promise<void> {
      await indexes.of(siteId)
    },
    close: indexes.close,
  }
}
