import { Button } from '@mantine/core'
import type { Job } from '#shared/activity.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { formatCount, formatDuration } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { useCancelJob, usePauseJob } from './mutations.ts'
import classes from './job-line.module.css'

/** Fewer than this would make a guess that jumps about. */
const GUESS_FROM_MS = 3_000

/** What is left of a job at its pace so far; null when that is not known yet. */
export function remainingMs(job: Pick<Job, 'done' | 'total' | 'startedAtMs'>, nowMs: number): number | null {
  const elapsed = nowMs - job.startedAtMs
  if (job.total === null || job.done === 0 || elapsed < GUESS_FROM_MS) return null
  return (elapsed / job.done) * Math.max(0, job.total - job.done)
}

/** One job: what it does, how far it is, what came of it so far, and how to stop it. */
export function JobLine({ job, slim = false }: { readonly job: Job; readonly slim?: boolean }) {
  const { mayAct } = useAccess()
  const cancel = useCancelJob()
  const pause = usePauseJob()
  const nowMs = useNow()
  const running = job.state === 'running'
  const left = !running || job.paused === true ? null : job.paused === null ? remainingMs(job, nowMs) : job.leftMs
  const steps = job.total === null ? formatCount(job.done) : `${formatCount(job.done)} / ${formatCount(job.total)}`
  return (
    <div className={slim ? classes.slim : classes.job} role="group" aria-label={job.title}>
      <div className={classes.top}>
        <span className={classes.title}>{job.title}</span>
        <span className={classes.steps}>
          {steps}
          {job.paused === true && ' · paused'}
          {left !== null && ` · ${formatDuration(left)} left`}
        </span>
        {running && job.paused !== null && mayAct && (
          <Button
            size="compact-xs"
            variant="default"
            loading={pause.isPending}
            onClick={() => pause.mutate({ jobId: job.id, paused: job.paused !== true })}
          >
            {job.paused ? 'Resume' : 'Pause'}
          </Button>
        )}
        {running && job.canCancel && mayAct && (
          <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ jobId: job.id })}>
            Cancel
          </Button>
        )}
        {!running && <span className={classes.state}>{job.state}</span>}
      </div>
      {running && <ProgressLine done={job.done} total={job.total} label={job.title} />}
      {job.note !== '' && <div className={classes.note}>{job.note}</div>}
    </div>
  )
}
