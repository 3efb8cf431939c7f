import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatCount } from '#renderer/ui/format.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs, type Target } from '#renderer/lib/acts.ts'
import { hint } from '#renderer/lib/use-shortcuts.ts'
import classes from './selection-bar.module.css'

interface SelectionBarProps {
  readonly count: number
  readonly matching: number
  readonly target: Target
  readonly onSelectAll: () => void
  readonly onClear: () => void
  /** Beside the acts: what can be taken elsewhere. */
  readonly children?: ReactNode
}

/** What can be done with the selected rows; it slides up when there are any. */
export function SelectionBar({ count, matching, target, onSelectAll, onClear, children }: SelectionBarProps) {
  const acts = useActs()
  const { mayAct, checksAtMost } = useAccess()
  if (count === 0) return null
  const words = formatCount(count)
  return (
    <div className={classes.bar} role="toolbar" aria-label="Selected pages">
      <span className={classes.count}>{words} selected</span>
      {count < matching && (
        <Button variant="subtle" onClick={onSelectAll}>
          Select all {formatCount(matching)} matching
        </Button>
      )}
      <span className={classes.acts}>
        <Button
          variant="default"
          disabled={count > checksAtMost}
          {...(count > checksAtMost ? { title: 'Support checks one page at a time' } : hint('pages.check'))}
          onClick={() => acts.check(target)}
        >
          Check {words}
        </Button>
        {mayAct && (
          <Button variant="default" {...hint('pages.mark')} onClick={() => acts.markAsChanged(target)}>
            Mark as changed…
          </Button>
        )}
        {mayAct && (
          <Button
            variant="default"
            title="Requests them through the edge, after what makes them new"
            onClick={() => acts.visit(target)}
          >
            Visit {words} now…
          </Button>
        )}
        {mayAct && (
          <Button {...hint('pages.plan')} onClick={() => acts.plan(target)}>
            Plan for {words}
          </Button>
        )}
        {children}
        <Button variant="subtle" color="gray" onClick={onClear}>
          Clear
        </Button>
      </span>
    </div>
  )
}
