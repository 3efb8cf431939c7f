import type { EndedJob, Job } from '#shared/activity.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { CheckProgress } from './check-all.ts'
import type { CheckInput } from './check-task.ts'

type Update = { readonly done?: number; readonly note?: string }

export interface ChecksWorld {
  readonly changes: Changes
  runTask(input: CheckInput, onProgress: (progress: CheckProgress) => void, signal: AbortSignal): Promise<CheckProgress>
  startJob(
    what: { siteId: string; kind: 'check'; title: string; total: number },
    work: (update: (change: Update) => void, signal: AbortSignal) => Promise<string>,
  ): { job: Job; ended: Promise<EndedJob> }
}

/** Checks in the background, each shown as a job. */
export interface Checks {
  start(siteId: string, pageIds: readonly number[]): { readonly job: Job; readonly ended: Promise<EndedJob> }
  /** Checks without a job of its own: part of something that is one. */
  run(siteId: string, pageIds: readonly number[], progress: (done: number) => void, signal: AbortSignal): Promise<void>
}

export function createChecks(world: ChecksWorld): Checks {
  const run = (siteId: string, pageIds: readonly number[], onProgress: (progress: CheckProgress) => void, signal: AbortSignal) =>
    world.runTask(
      { siteId, pageIds },
      (progress) => {
        onProgress(progress)
        world.changes.tell('pages', 'tags')
      },
      signal,
    )
  return {
    start: (siteId, pageIds) =>
      world.startJob(
        {
          siteId,
          kind: 'check',
          title: pageIds.length === 1 ? 'Check 1 page' : `Check ${pageIds.length.toLocaleString('en-US')} pages`,
          total: pageIds.length,
        },
        async (update, signal) =>
          noteOf(await run(siteId, pageIds, (progress) => update({ done: progress.done, note: noteOf(progress) }), signal)),
      ),
    async run(siteId, pageIds, progress, signal) {
      await run(siteId, pageIds, ({ done }) => progress(done), signal)
    },
  }
}

function noteOf({ done, filled, failed }: CheckProgress): string {
  const parts = [`${done.toLocaleString('en-US')} checked`]
  if (filled > 0) parts.push(`${filled.toLocaleString('en-US')} stored at the edge by this check`)
  if (failed > 0) parts.push(`${failed.toLocaleString('en-US')} failed`)
  return parts.join(', ')
}
