import { AppError } from '#shared/errors.ts'
import { os } from '#main/platform/rpc.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { ActivityLog } from './activity-log.ts'
import type { JobSource, Jobs } from './jobs.ts'

export function activityHandlers(has: {
  readonly jobs: Jobs
  /** Of features that keep theirs on their own. */
  readonly others: readonly JobSource[]
  readonly activityLog: ActivityLog
  readonly changes: Changes
  readonly version: string
}) {
  return os.activity.router({
    me: os.activity.me.handler(({ context }) => ({ person: context.person, role: context.role, version: has.version })),
    jobs: os.activity.jobs.handler(async () => {
      const others = await Promise.all(has.others.map((source) => source.list()))
      return [...has.jobs.list(), ...others.flat()].sort((a, b) => b.startedAtMs - a.startedAtMs)
    }),
    cancelJob: os.activity.cancelJob.handler(async ({ input, context }) => {
      for (const source of has.others) {
        const cancelled = await source.cancel(input.jobId, context.person)
        if (cancelled !== null) return { cancelled }
      }
      if (!has.jobs.list().some((job) => job.id === input.jobId))
        throw new AppError('NOT_FOUND', 'This job ended long ago, or never was.', { field: 'jobId' })
      return { cancelled: has.jobs.cancel(input.jobId) }
    }),
    pauseJob: os.activity.pauseJob.handler(({ input }) => {
      if (!has.jobs.pause(input.jobId, input.paused))
        throw new AppError('NOT_FOUND', 'This job has ended, or cannot pause.', { field: 'jobId' })
      return { paused: input.paused }
    }),
    log: os.activity.log.handler(({ input: { before, limit, ...filter } }) => has.activityLog.read(filter, before, limit)),
    people: os.activity.people.handler(() => has.activityLog.people()),
    changes: os.activity.changes.handler(({ signal }) => has.changes.listen(signal)),
  })
}
