import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { FixText } from './fix-text.tsx'
import classes from './failure-note.module.css'

interface FailureNoteProps {
  readonly message: string
  readonly fix: string | null
  readonly onTryAgain?: (() => void) | undefined
  /** What to do where trying again is no use. */
  readonly instead?: ReactNode
}

/** An error on the screen it belongs to: what happened, what to do, and the way to do it. */
export function FailureNote({ message, fix, onTryAgain, instead }: FailureNoteProps) {
  return (
    <div role="alert" className={classes.note}>
      <div>
        <div className={classes.message}>{message}</div>
        {fix !== null && (
          <div className={classes.fix}>
            <FixText>{fix}</FixText>
          </div>
        )}
      </div>
      {onTryAgain ? (
        <Button variant="default" onClick={onTryAgain}>
          Try again
        </Button>
      ) : (
        instead
      )}
    </div>
  )
}
