import { Button } from '@mantine/core'
import type { Build } from '#shared/builds.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useBuildLog } from '#renderer/lib/use-build-log.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { formatDuration } from '#renderer/ui/format.ts'
import { LogView } from '#renderer/ui/log-view.tsx'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { BuildDuration, BuildStateMark } from './build-words.tsx'
import { useCancelBuild } from './mutations.ts'
import classes from './builds.module.css'

/** What lasts longer than usual is never drawn as done. */
const LAST_SHARE = 0.97

/** A build under way: how far it is, its log as it is written, and the way to stop it. */
interface RunningBuildProps {
  readonly build: Build
  /** How long a build of this site takes; null before the first. */
  readonly typicalMs: number | null
}

export function RunningBuild({ build, typicalMs }: RunningBuildProps) {
  const { mayAct } = useAccess()
  const cancel = useCancelBuild()
  const log = useBuildLog(build.hasLog ? build.id : null)
  const { progress } = build
  const nowMs = useNow()
  const counted = progress !== null && progress.total > 0
  const ranMs = build.startedAtMs === null ? 0 : Math.max(0, nowMs - build.startedAtMs)
  const expected = !counted && typicalMs !== null && build.state === 'running'
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
          {build.state === 'queued' && build.startsAtMs !== null && (
            <span>
              starts <TimeUntil atMs={build.startsAtMs} />
            </span>
          )}
          <BuildDuration build={build} />
          {typicalMs !== null && build.state === 'running' && <span>of usually {formatDuration(typicalMs)}</span>}
          {build.canCancel && mayAct && (
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ buildId: build.id })}>
              Cancel
            </Button>
          )}
        </span>
      </div>
      <ProgressLine
        done={expected ? Math.min(ranMs, typicalMs * LAST_SHARE) : (progress?.done ?? 0)}
        total={expected ? typicalMs : (progress?.total ?? null)}
        label={`Progress of ${build.title}`}
      />
      {build.causes.length > 0 && <div className={classes.quiet}>Because: {build.causes.join(', ')}</div>}
      {build.hasLog && <LogView lines={log.lines} ended={log.ended} height={200} />}
    </section>
  )
}
