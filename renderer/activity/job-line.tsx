import { Button } from '@mantine/core'
import type { Job } from '#shared/activity.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { formatCount, formatDuration } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
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

interface JobLineProps {
  readonly job: Job
  readonly slim?: boolean
  /** Named where jobs of several sites stand together. */
  readonly siteName?: string | undefined
}

/** One job: what it does, how far it is, what came of it so far, and how to stop it. */
export function JobLine({ job, slim = false, siteName }: JobLineProps) {
  const { mayAct } = useAccess()
  const cancel = useCancelJob()
  const pause = usePauseJob()
  const nowMs = useNow()
  const running = job.state === 'running'
  const left = running ? leftOf(job, nowMs) : null
  const elapsedMs = (job.endedAtMs ?? nowMs) - job.startedAtMs
  // Of a build whose service tells no progress: its time against the usual one.
  const byTime = job.total === null && job.usualMs !== null
  return (
    <div className={slim ? classes.slim : classes.job} role="group" aria-label={job.title}>
      <div className={classes.top}>
        <span className={classes.title} title={slim ? job.title : undefined}>
          {siteName !== undefined && <span className={classes.site}>{siteName} · </span>}
          {job.title}
        </span>
        <span className={classes.steps}>
          {job.state === 'waiting' ? <Begins atMs={job.startsAtMs} /> : <Steps job={job} elapsedMs={elapsedMs} />}
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
        {job.endedAtMs === null && job.canCancel && mayAct && (
          <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ jobId: job.id })}>
            Cancel
          </Button>
        )}
        {job.endedAtMs !== null && <span className={classes.state}>{job.state}</span>}
      </div>
      {running && (
        <ProgressLine
          done={byTime ? elapsedMs : job.done}
          total={byTime ? usualUnlessOver(job, elapsedMs) : job.total}
          label={job.title}
        />
      )}
      {job.note !== '' && <div className={classes.note}>{job.note}</div>}
    </div>
  )
}

function leftOf(job: Job, nowMs: number): number | null {
  if (job.paused !== null) return job.paused ? null : job.leftMs
  if (job.usualMs === null) return remainingMs(job, nowMs)
  // Without steps the usual time is said instead.
  const leftMs = job.startedAtMs + job.usualMs - nowMs
  return job.total === null || leftMs <= 0 ? null : leftMs
}

function usualUnlessOver({ usualMs }: Job, elapsedMs: number): number | null {
  return usualMs !== null && elapsedMs <= usualMs ? usualMs : null
}

/** How far a job is: by its steps, or by the clock while it counts none. */
function Steps({ job: { done, total, usualMs, kind }, elapsedMs }: { readonly job: Job; readonly elapsedMs: number }) {
  if (total !== null) return `${formatCount(done)} / ${formatCount(total)}`
  if (kind !== 'build') return formatCount(done)
  return usualMs === null ? formatDuration(elapsedMs) : `${formatDuration(elapsedMs)}, usually ${formatDuration(usualMs)}`
}

function Begins({ atMs }: { readonly atMs: number | null }) {
  if (atMs === null) return 'waits'
  return (
    <>
      begins <TimeUntil atMs={atMs} />
    </>
  )
}
