import { Button } from '@mantine/core'
import type { Build } from '#shared/builds.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useBuildLog } from '#renderer/lib/use-build-log.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { formatDuration } from '#renderer/ui/format.ts'
import { LogView } from '#renderer/ui/log-view.tsx'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { BuildDuration, BuildStateMark, Causes } from './build-words.tsx'
import { LogLink } from './log-link.tsx'
import { useCancelBuild } from './mutations.ts'
import classes from './builds.module.css'

/** A build under way: how far it is, its log as it is written, and the way to stop it. */
export function RunningBuild({ build, usualMs }: { readonly build: Build; readonly usualMs: number | null }) {
  const { mayAct } = useAccess()
  const cancel = useCancelBuild()
  const log = useBuildLog(build.hasLog ? build.id : null)
  const { progress } = build
  return (
    <section className={classes.running} aria-label={`Running build: ${build.title}`}>
      <div className={classes.top}>
        <BuildStateMark state={build.state} />
        <span className={classes.name}>{build.title}</span>
        <span className={classes.end}>
          {progress && (
            <span>
              {progress.phase}
              {progress.total > 0 && ` · ${progress.done} / ${progress.total}`}
            </span>
          )}
          {build.state === 'queued' && <QueuedUntil startsAtMs={build.startsAtMs} />}
          <span>
            <BuildDuration build={build} />
            {usualMs !== null && build.startedAtMs !== null && `, usually ${formatDuration(usualMs)}`}
          </span>
          {build.canCancel && mayAct && (
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ buildId: build.id })}>
              Cancel
            </Button>
          )}
        </span>
      </div>
      {(progress === null || progress.total === 0) && usualMs !== null && build.startedAtMs !== null ? (
        <UsualProgress startedAtMs={build.startedAtMs} usualMs={usualMs} label={`Progress of ${build.title}`} />
      ) : (
        <ProgressLine done={progress?.done ?? 0} total={progress?.total ?? null} label={`Progress of ${build.title}`} />
      )}
      {build.causes.length > 0 && (
        <div className={classes.quiet}>
          Because: <Causes of={build} />
        </div>
      )}
      {build.logLink !== null && <LogLink build={build} />}
      {build.hasLog && build.state !== 'queued' && <LogView lines={log.lines} ended={log.ended} height={200} />}
    </section>
  )
}

function QueuedUntil({ startsAtMs }: { readonly startsAtMs: number | null }) {
  const nowMs = useNow()
  if (startsAtMs === null || startsAtMs <= nowMs) return <span>waits for its turn</span>
  return (
    <span>
      starts <TimeUntil atMs={startsAtMs} />
    </span>
  )
}

/** Of a service that tells no progress: the time it has taken against the time that builds usually take. */
function UsualProgress({ startedAtMs, usualMs, label }: { startedAtMs: number; usualMs: number; label: string }) {
  const tookMs = useNow() - startedAtMs
  return <ProgressLine done={tookMs} total={tookMs > usualMs ? null : usualMs} label={`${label}, going by its usual time`} />
}
