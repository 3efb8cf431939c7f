import { AppError } from '#shared/errors.ts'
import type { EndedJob, Job } from '#shared/activity.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import { storageFailure } from '#main/platform/storage-failure.ts'

type Update = Partial<Pick<Job, 'done' | 'total' | 'note' | 'title' | 'canCancel' | 'paused' | 'leftMs'>>

/** Everything that takes a while and runs now, or ended lately. */
export interface Jobs {
  /**
   * Starts work and returns its job at once. The work reports through `update`; its error ends the job as failed, with
   * the error's sentence as the note.
   */
  start(
    what: Pick<Job, 'siteId' | 'kind' | 'title'> & { readonly total?: number; readonly pause?: (paused: boolean) => void },
    work: (update: (change: Update) => void, signal: AbortSignal) => Promise<string>,
  ): { job: Job; ended: Promise<EndedJob> }
  list(): Job[]
  cancel(jobId: string): boolean
  /** Has a job pause or go on; false when it can do neither. */
  pause(jobId: string, paused: boolean): boolean
  /** Cancels what runs and waits until it has ended. */
  stop(): Promise<void>
}

/** Jobs that a feature keeps on its own: they are read when somebody asks. */
export interface JobSource {
  list(): Promise<Job[]>
  /** Null when the job is none of its own. Throws what the cancelling throws. */
  cancel(jobId: string, by: string): Promise<boolean | null>
}

/** Ended jobs that are still shown. */
const KEPT = 20

export function createJobs(changes: Changes, clock: Clock, log: Log): Jobs {
  const jobs = new Map<
    string,
    { job: Job; abort: AbortController; ended: Promise<EndedJob>; pause?: (paused: boolean) => void }
  >()

  function update(id: string, change: Partial<Job>): Job | undefined {
    const entry = jobs.get(id)
    if (!entry) return undefined
    entry.job = { ...entry.job, ...change }
    changes.tell('jobs')
    return entry.job
  }

  function prune(): void {
    const ended = [...jobs.values()].filter(({ job }) => job.endedAtMs !== null)
    for (const { job } of ended.slice(0, Math.max(0, ended.length - KEPT))) jobs.delete(job.id)
  }

  return {
    start({ pause, ...what }, work) {
      const id = crypto.randomUUID()
      const abort = new AbortController()
      const job: Job = {
        id,
        ...what,
        total: what.total ?? null,
        state: 'running',
        done: 0,
        note: '',
        startedAtMs: clock(),
        endedAtMs: null,
        canCancel: true,
        paused: pause ? false : null,
        leftMs: null,
        usualMs: null,
        startsAtMs: null,
      }
      const end = (state: EndedJob['state'], note: string): EndedJob => {
        const last = update(id, { state, note, endedAtMs: clock(), canCancel: false, paused: null }) ?? job
        prune()
        return { ...last, state }
      }
      const ended = Promise.resolve()
        .then(() => work((change) => update(id, change), abort.signal))
        .then(
          (note) => end(abort.signal.aborted ? 'cancelled' : 'done', note),
          (error: unknown) => {
            if (abort.signal.aborted) return end('cancelled', 'Cancelled.')
            log.error({ err: error, job: what.kind }, 'a job failed')
            const known = error instanceof AppError ? error : storageFailure(error)
            return end('failed', known?.message ?? 'Something went wrong inside. The log has the details.')
          },
        )
      jobs.set(id, { job, abort, ended, ...(pause ? { pause } : {}) })
      changes.tell('jobs')
      return { job, ended }
    },
    list: () => [...jobs.values()].map(({ job }) => job).reverse(),
    cancel(jobId) {
      const entry = jobs.get(jobId)
      if (!entry || entry.job.state !== 'running' || !entry.job.canCancel) return false
      entry.abort.abort()
      return true
    },
    pause(jobId, paused) {
      const entry = jobs.get(jobId)
      if (!entry?.pause || entry.job.state !== 'running') return false
      entry.pause(paused)
      return true
    },
    async stop() {
      for (const { abort } of jobs.values()) abort.abort()
      await Promise.all([...jobs.values()].map(({ ended }) => ended))
    },
  }
}
