import * as z from 'zod'
import { read } from './calls.ts'
import { edgeAnswers } from './edge-answers.ts'
import { inspectionRuns } from './inspection-runs.ts'
import { layers } from './layers.ts'
import { Selection } from './pages.ts'

/** What a check would cost, told before it starts. */
export const CheckCost = z.object({
  pages: z.number(),
  requestsAtMost: z.number(),
  /** Pages that the origin may have to render for this check, because no edge copy is known. */
  rendersAtMost: z.number(),
  sentence: z.string(),
})
export type CheckCost = z.infer<typeof CheckCost>

const Which = z.object({ siteId: z.string(), selection: Selection })

/** A support person may check one page at a time; more needs an operator. The core decides by the number of pages. */
export const inspection = {
  estimate: read.input(Which).output(CheckCost),
  check: read.input(Which).output(z.object({ jobId: z.string() })),
  ...inspectionRuns,
  ...layers,
  ...edgeAnswers,
}
