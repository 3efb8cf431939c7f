import { Button } from '@mantine/core'
import { FixText } from './fix-text.tsx'
import classes from './failure-note.module.css'

interface FailureNoteProps {
  readonly message: string
  readonly fix: string | null
  readonly onTryAgain?: (() => void) | undefined
}

/** An error on the screen it belongs to: what happened, what to do, and the way to do it. */
export function FailureNote({ message, fix, onTryAgain }: FailureNoteProps) {
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
      {onTryAgain && (
        <Button variant="default" onClick={onTryAgain}>
          Try again
        </Button>
      )}
    </div>
  )
}
