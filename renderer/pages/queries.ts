import { keepPreviousData } from '@tanstack/react-query'
import type { PageFilter, PageSort } from '#shared/pages.ts'
import { orpc } from '#renderer/lib/client.ts'

const ROWS_AT_ONCE = 100
/** Freshness words change with the clock alone, so what is on screen is asked again while it is. */
const AGAIN_MS = 5_000
/** A chunk out of sight lives on in the list itself. */
const CHUNK_KEPT_MS = 10_000

/** Answers that cost a request are kept a while after their panel is closed. */
const ASKED_KEPT_MS = 10 * 60_000

export const pagesQueries = {
  /** One part of a list, from a cursor on. Asked again only while its rows are in sight. */
  chunk: (siteId: string, filter: PageFilter, sort: PageSort, cursor: string | null) =>
    orpc.pages.list.queryOptions({
      input: { siteId, filter, sort, cursor, limit: ROWS_AT_ONCE },
      refetchInterval: AGAIN_MS,
      gcTime: CHUNK_KEPT_MS,
    }),
  counts: (siteId: string, filter: PageFilter) =>
    orpc.pages.counts.queryOptions({
      input: { siteId, filter },
      placeholderData: keepPreviousData,
      refetchInterval: AGAIN_MS,
    }),
  get: (pageId: number) =>
    orpc.pages.get.queryOptions({
      input: { pageId },
      placeholderData: keepPreviousData,
      refetchInterval: AGAIN_MS,
    }),
  /** Where a page of a path is; null when no list has it. */
  at: (siteId: string, host: string, path: string) => orpc.pages.at.queryOptions({ input: { siteId, host, path } }),
  /** What the renderer keeps of a page; null when it keeps nothing. */
  entry: (pageId: number) => orpc.pages.entry.queryOptions({ input: { pageId }, refetchInterval: AGAIN_MS }),
  /** What the edge gave at the check of `observedAtMs`; another check is another question. */
  edgeLayer: (pageId: number, observedAtMs: number | null) => {
    const options = orpc.inspection.layers.queryOptions({ input: { pageId }, placeholderData: keepPreviousData })
    return { ...options, queryKey: [...options.queryKey, observedAtMs] as unknown as typeof options.queryKey }
  },
  /** Asks the origin, which may make it render: only when a person says so. */
  originLayer: (pageId: number) =>
    orpc.inspection.layers.queryOptions({ input: { pageId, askOrigin: true }, enabled: false, gcTime: ASKED_KEPT_MS }),
  bodies: (pageId: number) => orpc.inspection.bodies.queryOptions({ input: { pageId }, enabled: false, gcTime: ASKED_KEPT_MS }),
  history: (pageId: number) => orpc.pages.history.queryOptions({ input: { pageId } }),
  /** The page that was checked last: how old our knowledge is. */
  latest: (siteId: string) =>
    orpc.pages.list.queryOptions({
      input: { siteId, sort: { by: 'checked', descending: true }, limit: 1 },
    }),
  /** Pages whose path has this text, for the palette. */
  find: (siteId: string, text: string) =>
    orpc.pages.list.queryOptions({
      input: { siteId, filter: { text }, limit: 8 },
      enabled: text.length > 1,
      placeholderData: keepPreviousData,
    }),
}
