import { Button } from '@mantine/core'
import type { DeployRun } from '#shared/publishing.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf, formatBytes, formatClock, formatCount } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useCancelDeploy } from './mutations.ts'
import classes from './deploys.module.css'

/** A finished build on its way to visitors: how far it is, and the way to stop it. */
export function DeployRunCard({ run }: { readonly run: DeployRun }) {
  const { mayAct } = useAccess()
  const cancel = useCancelDeploy()
  const title = `Publish “${run.title}” (${run.releaseId})`
  const { progress } = run
  return (
    <section className={classes.progress} aria-label={title}>
      <div className={classes.top}>
        <h2>{title}</h2>
        <span className={classes.quiet}>
          <TimeAgo atMs={run.endedAtMs ?? run.startedAtMs} /> by {run.by}
        </span>
        {progress && (
          <span className={`${classes.end} ${classes.quiet}`}>
            {progress.phase}
            {progress.total !== null &&
              progress.total > 0 &&
              ` · ${formatCount(progress.done)} / ${countOf(progress.total, 'file')}`}
            {progress.sentBytes > 0 && ` · ${formatBytes(progress.sentBytes)} sent`}
          </span>
        )}
        {run.canCancel && mayAct && (
          <Button
            className={progress ? undefined : classes.end}
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ runId: run.id })}
          >
            Cancel
          </Button>
        )}
      </div>
      {run.endedAtMs === null && <ProgressLine done={progress?.done ?? 0} total={progress?.total ?? null} label={title} />}
      <div role="status" className={run.state === 'failed' ? classes.problem : classes.quiet}>
        {run.message}
      </div>
      {run.steps.length > 1 && (
        <Disclosure label={countOf(run.steps.length, 'step')}>
          <ol className={classes.steps}>
            {run.steps.map(({ atMs, text }) => (
              <li key={`${atMs} ${text}`}>
                <time>{formatClock(atMs)}</time> {text}
              </li>
            ))}
          </ol>
        </Disclosure>
      )}
    </section>
  )
}
