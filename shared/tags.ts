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

export const TagRow = z.object({
  tag: z.string(),
  pages: z.number(),
  /** Pages for which the edge stored it from its header; only these can be purged by it. */
  headerPages: z.number(),
})
export type TagRow = z.infer<typeof TagRow>

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
})
export type Mark = z.infer<typeof Mark>

const InSite = z.object({ siteId: z.string() })

export const tags = {
  list: read
    .input(InSite.extend({ text: z.string().max(256).default(''), limit: z.number().int().min(1).max(500).default(200) }))
    .output(z.array(TagRow)),
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
