import * as z from 'zod'
import { act, read } from './calls.ts'
import { Selection } from './pages.ts'

/** A tag as it is written: `class` or `class:id`. Letter case is kept; comparing folds it. */
export const TagText = z
  .string()
  .trim()
  .min(1, 'Name a tag, such as pb-menu:main-menu')
  .max(256)
  .regex(/^[\x21-\x2b\x2d-\x7e]+$/, { error: 'A tag has visible ASCII characters and no space or comma' })

export const TAG_LINTS = ['no-id', 'html-only', 'unused', 'letter-case'] as const
export type TagLint = (typeof TAG_LINTS)[number]

export const TagRow = z.object({
  id: z.number(),
  tag: z.string(),
  /** The part before the colon, in lower case; the whole tag when it has no id. */
  class: z.string(),
  /** Pages that carry exactly this tag; 0 for a tag that was seen before and is in no page any more. */
  pages: z.number(),
  htmlPages: z.number(),
  /** Pages for which the edge stored it from its header; only these can be purged by it. */
  headerPages: z.number(),
  /** The newest change that was told of it or of its class. */
  changedAtMs: z.number().nullable(),
  /** Other ways in which it was written, by letter case. */
  spellings: z.array(z.string()),
  lints: z.array(z.enum(TAG_LINTS)),
})
export type TagRow = z.infer<typeof TagRow>

/** What the clock and checks change of a tag; asked for the rows in sight. */
export const TagCounts = z.object({
  tagId: z.number(),
  oldCopies: z.number(),
  waiting: z.number(),
  /** Pages with more than 50 tags. */
  crowded: z.number(),
})
export type TagCounts = z.infer<typeof TagCounts>

export const TAG_SORTS = ['name', 'pages', 'old', 'changed'] as const
/** `old`: by copies that differ from the origin, which are old copies while their time lasts. */
export const TagSort = z.object({ by: z.enum(TAG_SORTS), descending: z.boolean().default(false) })
export type TagSort = z.infer<typeof TagSort>

/** What purging everything that a tag names would cost at most, if all of it had changed. Money in micro-dollars. */
export const TagCost = z.object({
  items: z.array(z.string()),
  itemCount: z.number(),
  pages: z.number(),
  alsoCold: z.number(),
  priceMicroDollars: z.number(),
  allowanceBefore: z.number().nullable(),
  allowanceAtMost: z.boolean(),
  notes: z.array(z.string()),
})
export type TagCost = z.infer<typeof TagCost>

/** A page with more than 50 tags: edges keep no more of a page than that. */
export const CrowdedPage = z.object({ pageId: z.number(), path: z.string(), zoneHost: z.string(), tags: z.number() })
export type CrowdedPage = z.infer<typeof CrowdedPage>

export const Mark = z.object({
  id: z.number(),
  what: z.string(),
  /** `pb-menu:main-menu`, or "12 pages". */
  target: z.string(),
  sinceMs: z.number(),
  createdAtMs: z.number(),
  by: z.string(),
  pages: z.number(),
  undoneAtMs: z.number().nullable(),
  /** Since when visitors have the change, as far as was seen; it cannot be taken back then. */
  doneAtMs: z.number().nullable(),
})
export type Mark = z.infer<typeof Mark>

const InSite = z.object({ siteId: z.string() })

export const tags = {
  list: read
    .input(
      InSite.extend({
        text: z.string().max(256).default(''),
        sort: TagSort.default({ by: 'pages', descending: true }),
        cursor: z.string().max(2_000).nullable().default(null),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(z.object({ rows: z.array(TagRow), nextCursor: z.string().nullable() })),
  /** For the tags in sight, in one query; a tag without any of these is left out. */
  counts: read.input(InSite.extend({ tagIds: z.array(z.number().int()).max(500) })).output(z.array(TagCounts)),
  cost: read.input(InSite.extend({ tag: z.string().min(1).max(256) })).output(TagCost),
  crowded: read.input(InSite.extend({ tag: z.string().min(1).max(256) })).output(z.array(CrowdedPage)),
  marks: read.input(InSite).output(z.array(Mark)),
  /** Says that something these pages show changed at `sinceMs`; they then wait for a build or refresh begun later. */
  mark: act
    .input(
      InSite.extend({
        target: Selection,
        what: z.string().trim().min(1, 'Say what changed, for example "menu: new item"').max(200),
        sinceMs: z.number().int(),
      }),
    )
    .output(Mark),
  undoMark: act.input(z.object({ markId: z.number() })).output(Mark),
}
