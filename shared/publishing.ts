import * as z from 'zod'
import { act, own, read } from './calls.ts'

/**
 * `uploading`, `waiting` (whole, and something is in the way of the switch), `switching`, `cleaning`; `giving-up` and
 * `cancelling` take away what was sent. The others have ended; `held`: it lies there, and the site is pinned to another one.
 */
export const DEPLOY_STATES = [
  'uploading',
  'waiting',
  'switching',
  'cleaning',
  'giving-up',
  'cancelling',
  'done',
  'held',
  'failed',
  'cancelled',
] as const
export const DeployState = z.enum(DEPLOY_STATES)
export type DeployState = z.infer<typeof DeployState>

/** A finished build on its way to visitors. */
export const DeployRun = z.object({
  id: z.string(),
  releaseId: z.string(),
  title: z.string(),
  state: DeployState,
  by: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** What is done now, or what came of it, in a sentence. */
  message: z.string(),
  /** Of the phase that runs; null outside of uploads, and after a restart until it goes on. */
  progress: z.object({ phase: z.string(), done: z.number(), total: z.number().nullable(), sentBytes: z.number() }).nullable(),
  /** Until the edge is told. */
  canCancel: z.boolean(),
  steps: z.array(z.object({ atMs: z.number(), text: z.string() })),
})
export type DeployRun = z.infer<typeof DeployRun>

export const publishing = {
  /** The newest first; empty also for a site that is not published to a bucket from here. */
  list: read.input(z.object({ siteId: z.string() })).output(z.object({ possible: z.boolean(), runs: z.array(DeployRun) })),
  /** Publishes the output folder of a finished build, which stays as it is until it lies in the bucket. */
  folder: own
    .input(
      z.object({
        siteId: z.string(),
        path: z.string().trim().min(1, 'Give the folder that the build has written').max(4_000),
        title: z.string().trim().max(200).default(''),
      }),
    )
    .output(DeployRun),
  /** Throws `CONFLICT` once the edge may have been told. */
  cancel: act.input(z.object({ runId: z.string() })).output(DeployRun),
}
