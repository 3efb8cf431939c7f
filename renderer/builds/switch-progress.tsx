import { Button } from '@mantine/core'
import { Link } from 'react-router'
import type { Switch } from '#shared/deploys.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useCancelSwitch } from './mutations.ts'
import classes from './deploys.module.css'

interface SwitchProgressProps {
  readonly current: Switch
  /** What visitors get by the last look. */
  readonly liveReleaseId: string | null
  readonly usualMs: number | null
  readonly mayAct: boolean
}

/** Without a measurement of its own: what CloudFront takes at most, as a rule. */
const UNKNOWN_MS = 360_000
/** A switch that ended is told about for so long. */
const TOLD_FOR_MS = 3_600_000

/** A switch under way, or what came of the last one. */
export function SwitchProgress({ current, liveReleaseId, usualMs, mayAct }: SwitchProgressProps) {
  const nowMs = useNow()
  const cancel = useCancelSwitch()
  const ended = current.endedAtMs !== null
  if (current.endedAtMs !== null && nowMs - current.endedAtMs > TOLD_FOR_MS) return null
  // Another release has been published since.
  if (current.state === 'done' && liveReleaseId !== null && liveReleaseId !== current.to.id) return null
  const title = `${current.pins ? 'Back to' : 'Forward to'} “${current.to.title}” (${current.to.id})`
  const totalMs = usualMs ?? UNKNOWN_MS
  const doneMs = current.switchedAtMs === null ? 0 : Math.min(nowMs - current.switchedAtMs, totalMs * 0.95)
  return (
    <section className={classes.progress} aria-label={`Switch: ${title}`}>
      <div className={classes.top}>
        <h2>{title}</h2>
        <span className={classes.quiet}>
          <TimeAgo atMs={current.endedAtMs ?? current.startedAtMs} /> by {current.by}
        </span>
        {current.planId !== null && (
          <Link className={classes.end} to={`/purges/${current.planId}`}>
            Its purge
          </Link>
        )}
        {current.state === 'intent' && mayAct && (
          <Button
            className={classes.end}
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ switchId: current.id })}
          >
            Cancel
          </Button>
        )}
      </div>
      {!ended && <ProgressLine done={current.state === 'deployed' ? totalMs : doneMs} total={totalMs} label={title} />}
      <div role="status" className={current.state === 'failed' ? classes.problem : classes.quiet}>
        {current.message}
      </div>
    </section>
  )
}
