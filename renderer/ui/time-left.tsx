import { useNow } from './clock.ts'
import { formatExact, formatSpan } from './format.ts'
import classes from './time-left.module.css'

interface TimeLeftProps {
  readonly time: 'absent' | 'in-date' | 'stale-allowed' | 'past' | 'asks-always' | null
  readonly copyMadeAtMs: number | null
  readonly freshUntilMs: number | null
  readonly staleUntilMs: number | null
}

/** What is left of a copy's time: a bar from when it was made until it ends, and the words for it. */
export function TimeLeft({ time, copyMadeAtMs, freshUntilMs, staleUntilMs }: TimeLeftProps) {
  const nowMs = useNow()
  if (time === 'asks-always') return <span className={classes.quiet}>asks every time</span>
  if (time === null || time === 'absent' || freshUntilMs === null) return <span className={classes.quiet}>–</span>
  const leftMs = freshUntilMs - nowMs
  const title = `Until ${formatExact(freshUntilMs)}`
  if (leftMs <= 0) {
    const stale = staleUntilMs !== null && staleUntilMs > nowMs
    return (
      <span className={classes.quiet} title={title}>
        {stale ? `past, kept ${formatSpan(staleUntilMs - nowMs)} more` : 'past'}
      </span>
    )
  }
  const whole = copyMadeAtMs === null ? leftMs : Math.max(1, freshUntilMs - copyMadeAtMs)
  const share = Math.min(1, leftMs / whole)
  return (
    <span className={classes.left} title={title}>
      <span className={classes.bar} aria-hidden>
        <span className={classes.rest} style={{ transform: `scaleX(${share})` }} />
      </span>
      <span>{formatSpan(leftMs)} left</span>
    </span>
  )
}
