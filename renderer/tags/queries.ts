import { keepPreviousData } from '@tanstack/react-query'
import type { TagSort } from '#shared/tags.ts'
import { orpc } from '#renderer/lib/client.ts'

const ROWS_AT_ONCE = 200
const SUGGESTED = 20
const PAGES_BESIDE = 100
/** Old copies and waiting pages change with the clock alone. */
const AGAIN_MS = 5_000

export const tagsQueries = {
  /** A few tags for a field or the palette, the most used first. */
  find: (siteId: string, text: string) =>
    orpc.tags.list.queryOptions({ input: { siteId, text, limit: SUGGESTED }, placeholderData: keepPreviousData }),
  list: (siteId: string, text: string, sort: TagSort) =>
    orpc.tags.list.infiniteOptions({
      input: (cursor: string | null) => ({ siteId, text, sort, cursor, limit: ROWS_AT_ONCE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.nextCursor,
      placeholderData: keepPreviousData,
    }),
  counts: (siteId: string, tagIds: number[]) =>
    orpc.tags.counts.queryOptions({
      input: { siteId, tagIds },
      enabled: tagIds.length > 0,
      placeholderData: keepPreviousData,
      refetchInterval: AGAIN_MS,
    }),
  cost: (siteId: string, tag: string) => orpc.tags.cost.queryOptions({ input: { siteId, tag } }),
  crowded: (siteId: string, tag: string) => orpc.tags.crowded.queryOptions({ input: { siteId, tag } }),
  pages: (siteId: string, tag: string) =>
    orpc.pages.list.queryOptions({
      input: { siteId, filter: { tag }, sort: { by: 'freshness' }, limit: PAGES_BESIDE },
      placeholderData: keepPreviousData,
      refetchInterval: AGAIN_MS,
    }),
  pageCounts: (siteId: string, tag: string) =>
    orpc.pages.counts.queryOptions({ input: { siteId, filter: { tag } }, refetchInterval: AGAIN_MS }),
  marks: (siteId: string) => orpc.tags.marks.queryOptions({ input: { siteId } }),
}
