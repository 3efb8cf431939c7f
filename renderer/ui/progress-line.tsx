import classes from './progress-line.module.css'

interface ProgressLineProps {
  readonly done: number
  /** Null while it is not known. */
  readonly total: number | null
  readonly label: string
}

export function ProgressLine({ done, total, label }: ProgressLineProps) {
  const share = total === null || total === 0 ? null : Math.min(1, done / total)
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total ?? undefined}
      aria-valuenow={share === null ? undefined : done}
    >
      <div
        className={share === null ? classes.unknown : classes.bar}
        style={share === null ? undefined : { transform: `scaleX(${share})` }}
      />
    </div>
  )
}
