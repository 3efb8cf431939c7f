import * as z from 'zod'
import { act, read } from './calls.ts'

/** Which of its deploys a build service gives to visitors, where it can be told. */
export const Published = z.object({
  /** It can be told to publish an earlier deploy, and to stay there. */
  canRestore: z.boolean(),
  /** Visitors stay at this deploy: what is built is not published. */
  held: z.object({ releaseId: z.string(), title: z.string().nullable() }).nullable(),
})
export type Published = z.infer<typeof Published>

const OfSite = z.object({ siteId: z.string() })

export const published = {
  get: read.input(OfSite).output(Published),
  /** Gives visitors the deploy of a build, and has them stay there. */
  restore: act.input(z.object({ buildId: z.string() })).output(Published),
  /** What is built is published again. */
  letGo: act.input(OfSite).output(Published),
}
