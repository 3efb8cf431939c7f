import type { PageCounts, PageFilter, Selection } from '#shared/pages.ts'
import type { LinesRead } from '#shared/new-purge.ts'
import type { TagCounts } from '#shared/tags.ts'
import type { PageGroup } from './home/page-groups.ts'
import type { ListWish, PageList } from './pages/list.ts'
import type { Resolved } from './pages/selection.ts'
import { startWorkThread } from './platform/workers.ts'
import type { ReadTasks } from './read-thread.ts'

/** Questions whose answers rest on every page of a site. The read thread answers them; the core thread only waits. */
export interface Reads {
  list(wish: ListWish): Promise<PageList>
  counts(siteId: string, filter: PageFilter, nowMs: number): Promise<PageCounts>
  /** The pages that a selection means. */
  resolve(siteId: string, selection: Selection, nowMs: number): Promise<Resolved>
  /** What pasted lines mean, each by itself. */
  lines(siteId: string, text: string): Promise<LinesRead>
  groupPages(siteId: string, nowMs: number): Promise<PageGroup[]>
  countChangesWaiting(siteId: string): Promise<number>
  /** Pages of these that a check may make the origin render. */
  countRenders(siteId: string, pageIds: readonly number[], nowMs: number): Promise<number>
  countTags(siteId: string, tagIds: readonly number[], nowMs: number): Promise<TagCounts[]>
  /** Pages that the origin renders for every request. */
  countOnDemand(siteId: string): Promise<number>
  /** Pages to check first when a site was just found. */
  nextToCheck(siteId: string, limit: number): Promise<number[]>
  /** Reads a site's pages into memory, so that the first question finds them there. */
  warm(siteId: string): Promise<void>
  close(): Promise<void>
}

/** @param onFailure hears of every question that could not be answered. */
export function startReads(file: URL, data: { readonly dataFolder: string }, onFailure?: (error: Error) => void): Reads {
  const thread = startWorkThread<ReadTasks>(file, data, undefined, onFailure)
  thread.begin()
  return {
    list: (wish) => thread.run('list', wish),
    counts: (siteId, filter, nowMs) => thread.run('counts', { siteId, filter, nowMs }),
    resolve: (siteId, selection, nowMs) => thread.run('resolve', { siteId, selection, nowMs }),
    lines: (siteId, text) => thread.run('lines', { siteId, text }),
    groupPages: (siteId, nowMs) => thread.run('groups', { siteId, nowMs }),
    countChangesWaiting: (siteId) => thread.run('changesWaiting', { siteId }),
    countRenders: (siteId, pageIds, nowMs) => thread.run('countRenders', { siteId, pageIds, nowMs }),
    countTags: (siteId, tagIds, nowMs) => thread.run('tagCounts', { siteId, tagIds, nowMs }),
    countOnDemand: (siteId) => thread.run('countOnDemand', { siteId }),
    nextToCheck: (siteId, limit) => thread.run('nextToCheck', { siteId, limit }),
    warm: (siteId) => thread.run('warm', { siteId }),
    close: thread.close,
  }
}
