import * as z from 'zod'
import { act, read } from './calls.ts'
import { FRESHNESS_WORDS } from './http-cache/freshness.ts'

export const FreshnessWordSchema = z.enum(FRESHNESS_WORDS)
export const SERVED_AS = ['static', 'rendered', 'fallback', 'redirect', 'missing', 'error', 'unknown'] as const
export const ServedAs = z.enum(SERVED_AS)
export type ServedAs = z.infer<typeof ServedAs>

export const PageFilter = z.object({
  /** Part of the path, any case. */
  text: z.string().max(400).optional(),
  freshness: z.array(FreshnessWordSchema).optional(),
  servedAs: z.array(ServedAs).optional(),
  zoneIds: z.array(z.number()).max(10_000).optional(),
  tag: z.string().max(300).optional(),
  /** Pages of which a check has found another copy than the check before, since this instant. */
  changedSinceMs: z.number().int().min(0).optional(),
  /** Pages that came into the list since this instant. */
  foundSinceMs: z.number().int().min(0).optional(),
})
export type PageFilter = z.infer<typeof PageFilter>

export const PAGE_SORTS = ['path', 'freshness', 'timeLeft', 'servedAs', 'checked', 'ttfb', 'zone'] as const
export const PageSort = z.object({ by: z.enum(PAGE_SORTS), descending: z.boolean().default(false) })
export type PageSort = z.infer<typeof PageSort>

/** Which pages a call is about. */
export const Selection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pages'), pageIds: z.array(z.number()).min(1, 'Select at least one page').max(100_000) }),
  z.object({ kind: z.literal('filter'), filter: PageFilter, exceptPageIds: z.array(z.number()).max(100_000).default([]) }),
  z.object({ kind: z.literal('tag'), tag: z.string().min(1) }),
  /** Every page of the site, by one item that also reaches what is in no list. */
  z.object({ kind: z.literal('everything') }),
  /** Pasted addresses or paths, one a line. */
  z.object({ kind: z.literal('paths'), text: z.string().trim().min(1, 'Paste at least one path or address').max(2_000_000) }),
])
export type Selection = z.infer<typeof Selection>

export const PageRow = z.object({
  id: z.number(),
  path: z.string(),
  zoneId: z.number(),
  word: FreshnessWordSchema,
  /** Compared with the origin and equal. */
  proven: z.boolean(),
  time: z.enum(['absent', 'in-date', 'stale-allowed', 'past', 'asks-always']).nullable(),
  content: z.enum(['current', 'superseded', 'pending', 'not-compared']),
  servedAs: ServedAs,
  tags: z.array(z.string()),
  /** When the copy was made, and until when it may be reused; the bar is drawn between them. */
  copyMadeAtMs: z.number().nullable(),
  freshUntilMs: z.number().nullable(),
  staleUntilMs: z.number().nullable(),
  observedAtMs: z.number().nullable(),
  failedAtMs: z.number().nullable(),
  failure: z.string().nullable(),
  vantage: z.string().nullable(),
  ttfbMs: z.number().nullable(),
  status: z.number().nullable(),
  /** Our own check stored this copy. */
  filledByCheck: z.boolean(),
  /** Why the page waits: the change that was told or the release that is not published. */
  waitsFor: z.string().nullable(),
})
export type PageRow = z.infer<typeof PageRow>

export const PageCounts = z.object({
  total: z.number(),
  /** Pages that match the whole filter. */
  matching: z.number(),
  /** Pages of each word that match the filter but for its freshness. */
  byWord: z.record(FreshnessWordSchema, z.number()),
  byServedAs: z.record(ServedAs, z.number()),
})
export type PageCounts = z.infer<typeof PageCounts>

/** The way of a page's content to its visitors, the nearest first. */
export const CHAIN_LINKS = ['visitor', 'browser', 'edge', 'origin', 'build', 'content'] as const
export const ChainLink = z.object({
  link: z.enum(CHAIN_LINKS),
  says: z.string(),
  /** How old what it has is: when it was made or last changed. */
  sinceMs: z.number().nullable(),
  /** Whether it has what the next one has; `broken` is where the old state comes from. Null at the end. */
  toNext: z.enum(['joined', 'broken', 'not-known']).nullable(),
})
export type ChainLink = z.infer<typeof ChainLink>

export const PageDetail = PageRow.extend({
  url: z.string(),
  zoneHost: z.string(),
  sentence: z.string(),
  lifetimeRule: z.string().nullable(),
  lifetimeBasis: z.enum(['edge-policy', 'headers']).nullable(),
  edgeHash: z.string().nullable(),
  originHash: z.string().nullable(),
  originBasis: z.enum(['manifest', 'origin', 'renderer']).nullable(),
  ageSeconds: z.number().nullable(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  tagSources: z.array(z.object({ tag: z.string(), html: z.boolean(), header: z.boolean() })),
  firstAnswer: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  siteId: z.string(),
  chain: z.array(ChainLink),
})
export type PageDetail = z.infer<typeof PageDetail>

/** What the renderer keeps of a page that no release contains. */
export const PageEntry = z.object({
  hash: z.string(),
  sizeBytes: z.number(),
  tags: z.array(z.string()),
  /** When its last refresh ended, and how long that took. */
  refreshedAtMs: z.number(),
  durationMs: z.number(),
  expiresAtMs: z.number(),
  /** A mark that no refresh has answered yet. */
  markedAtMs: z.number().nullable(),
  refreshing: z.boolean(),
  failedAtMs: z.number().nullable(),
  failure: z.string().nullable(),
  /** The edge was given the old page while a refresh ran: when the page is checked again by itself. */
  checkedAgainAtMs: z.number().nullable(),
})
export type PageEntry = z.infer<typeof PageEntry>
export const HISTORY_FACTS = ['status', 'stored', 'copy', 'age', 'vantage', 'served as', 'check'] as const
/** One row of a page's history: what a check found to be otherwise than the one before. */
export const PageChange = z.object({
  atMs: z.number(),
  /** Null in `from`: nothing was known before. */
  changes: z.array(z.object({ fact: z.enum(HISTORY_FACTS), from: z.string().nullable(), to: z.string().nullable() })),
  first: z.boolean(),
  /** The time to first byte of that check in milliseconds; null when it is not known. */
  ttfbMs: z.number().nullable(),
})
export type PageChange = z.infer<typeof PageChange>

const InSite = z.object({ siteId: z.string() })
const ByPage = z.object({ pageId: z.number() })

export const pages = {
  list: read
    .input(
      InSite.extend({
        filter: PageFilter.default({}),
        sort: PageSort.default({ by: 'path', descending: false }),
        /** It holds the path of the last row, which may be long. */
        cursor: z.string().max(50_000).nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ rows: z.array(PageRow), nextCursor: z.string().nullable(), nowMs: z.number() })),
  counts: read.input(InSite.extend({ filter: PageFilter.default({}) })).output(PageCounts),
  get: read.input(ByPage).output(PageDetail),
  /** The page at a path of a host, as both are stored; null when no list has it. */
  at: read.input(InSite.extend({ host: z.string().max(300), path: z.string().max(20_000) })).output(ByPage.nullable()),
  /** Null when the site has no renderer, or the renderer no entry for this page. */
  entry: read.input(ByPage).output(PageEntry.nullable()),
  /** Marks the page's entry as expired at the renderer; renders and purges nothing. */
  expire: act.input(ByPage).output(PageEntry),
  /** Has the renderer render the page again; answers when that has ended. Purges nothing. */
  refresh: act.input(ByPage).output(PageEntry),
  /** What checks found to have changed, the newest first: 20 rows a page at most, of 90 days. */
  history: read.input(z.object({ pageId: z.number() })).output(z.array(PageChange)),
  /** Looks for pages in robots.txt, sitemaps and the live release's manifest. */
  discover: act.input(InSite).output(z.object({ jobId: z.string() })),
}
