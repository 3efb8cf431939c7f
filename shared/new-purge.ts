import * as z from 'zod'

/** What filling the edge again would take. Durations are measured; null without a measurement. */
export const RefillOfAll = z.object({
  pages: z.number(),
  /** Pages that the edge holds now and would not hold any more. */
  cold: z.number(),
  /** Of these, how many a renderer has to render. */
  renders: z.number(),
  renderMs: z.number().nullable(),
  /** How long the first visitor of a page waits. */
  waitMs: z.number().nullable(),
  longestWaitMs: z.number().nullable(),
})
export type RefillOfAll = z.infer<typeof RefillOfAll>

const ToldLine = z.object({ number: z.number(), line: z.string(), says: z.string() })
/** What pasted lines mean. Of the lists the first ones are told. */
export const LinesRead = z.object({
  lines: z.number(),
  pages: z.number(),
  unlistedCount: z.number(),
  refusedCount: z.number(),
  unlisted: z.array(ToldLine),
  refused: z.array(ToldLine),
})
export type LinesRead = z.infer<typeof LinesRead>
