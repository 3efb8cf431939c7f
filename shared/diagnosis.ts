import * as z from 'zod'
import { read } from './calls.ts'
import { ChainLink, FreshnessWordSchema } from './pages.ts'

/**
 * Every cause that a diagnosis can name, in the order in which equally sure ones are ranked. Each has a page of its own in
 * `docs/causes/`, named as it is here.
 */
export const CAUSES = [
  'not-reachable',
  'purge-in-progress',
  'switch-in-progress',
  'fallback-serving',
  'waiting-for-build',
  'skeleton-stored',
  'error-stored',
  'stale-if-error',
  'redirect-old',
  'variant-missed',
  'dependency-changed',
  'older-deploy',
  'old-copy',
  'layers-disagree',
  'vantages-differ',
  'stale-while-revalidate',
  'assets-gone',
  'companion-old',
  'crawler-differs',
  'clock-wrong',
  'browser-only',
  'not-cacheable',
  'varies-much',
  'lifetime-missing',
  'lifetime-too-long',
  'page-gone',
  'not-compared',
  'fresh-and-right',
] as const
export const CauseId = z.enum(CAUSES)
export type CauseId = z.infer<typeof CauseId>

/** `proven`: the evidence allows nothing else. `likely`: it fits, and nothing speaks against it. `possible`: worth a look. */
export const Confidence = z.enum(['proven', 'likely', 'possible'])
export type Confidence = z.infer<typeof Confidence>

/** What to do about a cause. `says` is the button or the advice, with its cost. Instants are Unix milliseconds. */
export const Remedy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing'), says: z.string() }),
  z.object({ kind: z.literal('wait'), says: z.string(), untilMs: z.number().nullable() }),
  /** Opens a plan for these lines; nothing is sent without it. */
  z.object({ kind: z.literal('purge'), says: z.string(), lines: z.array(z.string()) }),
  z.object({ kind: z.literal('build'), says: z.string() }),
  z.object({ kind: z.literal('refresh'), says: z.string(), pageId: z.number() }),
  z.object({ kind: z.literal('fix-header'), says: z.string(), header: z.string(), value: z.string() }),
  z.object({ kind: z.literal('check-again'), says: z.string() }),
  z.object({ kind: z.literal('reload-browser'), says: z.string() }),
  z.object({ kind: z.literal('look'), says: z.string() }),
])
export type Remedy = z.infer<typeof Remedy>

/** One fact that a cause rests on, and who told it. */
export const Fact = z.object({
  from: z.enum(['edge', 'origin', 'browser', 'customer', 'release', 'renderer', 'history', 'settings']),
  says: z.string(),
  atMs: z.number().nullable(),
})
export type Fact = z.infer<typeof Fact>

export const Cause = z.object({
  id: CauseId,
  confidence: Confidence,
  /** What is the case and why, with the names and instants of this page. */
  sentence: z.string(),
  facts: z.array(Fact),
  remedies: z.array(Remedy),
})
export type Cause = z.infer<typeof Cause>

/** How long one keeper may go on giving what it has. */
export const Keeps = z.object({
  says: z.string(),
  /** Null when it keeps nothing, or when it is not known. */
  untilMs: z.number().nullable(),
  rule: z.string().nullable(),
  /** `guessed`: heuristic freshness, no header says it. */
  basis: z.enum(['edge-policy', 'headers', 'guessed', 'unknown']),
})
export type Keeps = z.infer<typeof Keeps>

/** One exchange behind the verdict, for whoever wants to read it. */
export const Exchange = z.object({
  title: z.string(),
  url: z.string(),
  atMs: z.number(),
  /** Null when there was no answer. */
  status: z.number().nullable(),
  says: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
})
export type Exchange = z.infer<typeof Exchange>

/** The answer to "why is this old?". Instants are Unix milliseconds. */
export const Verdict = z.object({
  url: z.string(),
  askedAtMs: z.number(),
  /** The past instant that was asked about; null for now. */
  seenAtMs: z.number().nullable(),
  site: z.object({ id: z.string(), name: z.string() }).nullable(),
  pageId: z.number().nullable(),
  /** Null for an address of no registered site. */
  word: FreshnessWordSchema.nullable(),
  sentence: z.string(),
  /** Ranked; the first is the verdict. Never empty. */
  causes: z.array(Cause),
  chain: z.array(ChainLink),
  sharedCache: Keeps,
  browser: Keeps,
  /** When it is right without anybody doing anything, at the latest; null when that cannot be promised. */
  rightByItself: z.object({ atMs: z.number(), says: z.string() }).nullable(),
  /** What was done about it, the newest first. */
  done: z.array(z.object({ atMs: z.number(), says: z.string() })),
  exchanges: z.array(Exchange),
  /** What could not be looked at, and what that leaves open. */
  gaps: z.array(z.string()),
  /** Plain words to send to the person who asked. No secrets, no jargon. Instants are left as `{{time:1763700000000}}` for the screen's zone. */
  forCustomer: z.string(),
  /** Markdown with the facts, no secrets. Instants as in `forCustomer`. */
  report: z.string(),
})
export type Verdict = z.infer<typeof Verdict>

/** What a customer sent along: response headers as text, or a HAR file's text. */
export const CustomerPaste = z.object({ text: z.string().trim().min(1, 'Paste headers or a HAR file').max(5_000_000) })

export const diagnosis = {
  /**
   * Looks at one address through every layer and says why it is as it is. Support may ask, one at a time; asking costs the
   * site some requests (`cost` says how many). Errors: `BAD_INPUT` names the field, `THROTTLED` when asked too fast.
   */
  why: read
    .input(
      z.object({
        url: z.string().trim().min(1, 'Paste the address of a page').max(8_000),
        seenAtMs: z.number().nullable().default(null),
        customer: CustomerPaste.nullable().default(null),
      }),
    )
    .output(Verdict),
  /** What `why` would ask of whom, as a sentence, before it is pressed. Asks nobody. */
  cost: read
    .input(z.object({ url: z.string().trim().max(8_000) }))
    .output(z.object({ site: z.object({ id: z.string(), name: z.string() }).nullable(), sentence: z.string() })),
}
