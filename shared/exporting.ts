import * as z from 'zod'
import { LogFilter } from './activity.ts'
import { LedgerFilter } from './budget.ts'
import { read } from './calls.ts'
import { PageFilter, PageSort } from './pages.ts'

export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const InSite = z.object({ siteId: z.string() })

/** A list as a screen shows it: with its filter, and all of it rather than what was scrolled to. */
export const ExportWish = z.discriminatedUnion('list', [
  InSite.extend({
    list: z.literal('pages'),
    filter: PageFilter.default({}),
    sort: PageSort.default({ by: 'path', descending: false }),
  }),
  InSite.extend({ list: z.literal('tags'), text: z.string().max(256).default('') }),
  /** Plans of purges. */
  InSite.extend({ list: z.literal('plans') }),
  /** Every invalidation on the account: the ledger. */
  InSite.extend({
    list: z.literal('purges'),
    month: z.string().max(7).nullable().default(null),
    filter: LedgerFilter.nullable().default(null),
  }),
  InSite.extend({ list: z.literal('builds') }),
  InSite.extend({ list: z.literal('deliveries'), sourceId: z.string().optional() }),
  LogFilter.extend({ list: z.literal('activity') }),
  z.object({ list: z.literal('people') }),
  z.object({ list: z.literal('sites') }),
])
export type ExportWish = z.infer<typeof ExportWish>
export type ExportedList = ExportWish['list']

export const ExportPart = z.object({
  /** What goes into the file next: some hundred rows. */
  text: z.string(),
  rows: z.number().int(),
  /** Null at the end of the file. */
  nextCursor: z.string().nullable(),
})
export type ExportPart = z.infer<typeof ExportPart>

/**
 * A file is asked for part by part by the one who writes it, so that nobody ever holds more than a part, a slow disk slows the
 * reading, and giving up is asking no more. A part is read by the calls that the screens use, with the role of the caller.
 */
export const exporting = {
  part: read
    .input(
      z.object({
        wish: ExportWish,
        format: z.enum(EXPORT_FORMATS),
        /** Null: from the beginning. */
        cursor: z.string().max(51_000).nullable().default(null),
      }),
    )
    .output(ExportPart),
}
