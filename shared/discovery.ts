import * as z from 'zod'
import { act, own, read } from './calls.ts'
import { PageRules, RULE_NAMES } from './page-identity.ts'

const InSite = z.object({ siteId: z.string() })

/** Most of what one text may hold; a longer list is read from a file. */
export const LIST_CHARACTERS_AT_MOST = 2_000_000

const Folder = z.string().trim().min(1, 'Name the folder, for example /home/ada/site/_site').max(4_000)

/** How a crawl is kept small. It also stops where robots.txt says so, and stays on the site's own hosts. */
export const CrawlLimits = z.object({
  pagesAtMost: z.int().min(1, 'At least 1 page').max(100_000, 'At most 100,000 pages').default(1_000),
  /** Links from where it begins. */
  depthAtMost: z.int().min(0, 'At least 0 links deep').max(50, 'At most 50 links deep').default(8),
  /** For each host. */
  requestsPerSecond: z.number().min(0.1, 'At least 0.1 a second').max(50, 'At most 50 a second').default(2),
  /** For each host. */
  atOnce: z.int().min(1, 'At least 1 at once').max(8, 'At most 8 at once').default(2),
  /** It stops when this many answers looked as if they had been rendered for it. */
  rendersAtMost: z.int().min(0, 'At least 0 renders').max(100_000, 'At most 100,000 renders').default(500),
})
export type CrawlLimits = z.infer<typeof CrawlLimits>

/** Where pages are looked for over the network, or what was pasted. */
export const PageSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sitemaps') }),
  z.object({
    kind: z.literal('crawl'),
    limits: CrawlLimits,
    /** Goes on where the last crawl of the site ended. */
    goOn: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal('list'),
    text: z.string().trim().min(1, 'Paste at least one address or path').max(LIST_CHARACTERS_AT_MOST),
    /** The zone of lines that are paths alone. */
    zoneId: z.number(),
  }),
])
export type PageSource = z.infer<typeof PageSource>

/** What is read on the machine that Frostline runs on. */
export const DiskSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    path: Folder,
    zoneId: z.number(),
    /** `about.html` is visited as `/about`. */
    dropHtml: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('file'), path: Folder, zoneId: z.number() }),
  z.object({ kind: z.literal('next'), path: Folder, zoneId: z.number() }),
])
export type DiskSource = z.infer<typeof DiskSource>

/** A line, an entry or a file that cannot be a page of this site, and what would make it one. */
export const NotTaken = z.object({
  /** From 1; null where there are no lines. */
  line: z.number().nullable(),
  field: z.string(),
  text: z.string(),
  reason: z.string(),
  fix: z.string(),
})
export type NotTaken = z.infer<typeof NotTaken>

export const Found = z.object({
  added: z.number(),
  known: z.number(),
  /** Taken under another spelling, by the site's rules. */
  rewritten: z.number(),
  notTakenCount: z.number(),
  /** The first of them. */
  notTaken: z.array(NotTaken),
  /** Sentences about what could not be read, or where it was stopped. */
  problems: z.array(z.string()),
})
export type Found = z.infer<typeof Found>

export const DiscoveryResult = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** New pages are those that came into the list since then. */
  startedAtMs: z.number(),
  done: z.number(),
  note: z.string(),
  found: Found.nullable(),
})
export type DiscoveryResult = z.infer<typeof DiscoveryResult>

export const CrawlCost = z.object({
  sentence: z.string(),
  /** Addresses that the last crawl found and did not visit. */
  waiting: z.number(),
})

export const RulesPreview = z.object({
  total: z.number(),
  /** Pages that get another address. */
  renamed: z.number(),
  /** Pages that become one with another. */
  merged: z.number(),
  examples: z.array(z.object({ from: z.string(), to: z.string(), by: z.array(z.enum(RULE_NAMES)), merges: z.boolean() })),
})
export type RulesPreview = z.infer<typeof RulesPreview>

const Started = z.object({ jobId: z.string() })

export const discovery = {
  start: act.input(InSite.extend({ source: PageSource })).output(Started),
  /** For owners: it reads files of the machine. */
  startFromDisk: own.input(InSite.extend({ source: DiskSource })).output(Started),
  /** What a crawl within these limits may cost, before it starts. */
  crawlCost: read.input(InSite.extend({ limits: CrawlLimits })).output(CrawlCost),
  /** What became of a search that ran lately. */
  result: read.input(z.object({ jobId: z.string() })).output(DiscoveryResult),
  rules: read.input(InSite).output(PageRules),
  /** What these rules would do to the pages that are known; changes nothing. */
  previewRules: read.input(InSite.extend({ rules: PageRules })).output(RulesPreview),
  /** Saves the rules, then merges the pages that become one as a job. */
  saveRules: own.input(InSite.extend({ rules: PageRules })).output(Started),
}
