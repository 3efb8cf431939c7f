import { Button, Progress } from '@mantine/core'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import classes from './export-progress.module.css'

interface ExportProgressProps {
  readonly rows: number
  readonly expected: number | null
  readonly onCancel: () => void
}

export function ExportProgress({ rows, expected, onCancel }: ExportProgressProps) {
  // Rows come and go while they are read.
  const share = expected === null || expected === 0 ? null : Math.min(99, (rows / expected) * 100)
  return (
    <div className={classes.body}>
      {share !== null && <Progress value={share} aria-label="Rows written" className={classes.bar} />}
      <span>{expected === null ? countOf(rows, 'row') : `${formatCount(rows)} of about ${countOf(expected, 'row')}`}</span>
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
