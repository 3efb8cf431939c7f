import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Failure } from '#renderer/lib/failure.ts'
import classes from './failure-toast.module.css'

/** Tells of an act that failed, and offers it again where that can help. */
/** @param only of several failures with the same mark one is told at a time. */
export function showFailure(failure: Failure, tryAgain: () => void, only?: string): void {
  const id = notifications.show({
    ...(only === undefined ? {} : { id: only }),
    color: 'red',
    autoClose: failure.retryable ? 20_000 : 12_000,
    title: failure.message,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    message: (
      <div className={classes.body}>
        {failure.fix !== null && <span>{failure.fix}</span>}
        {failure.retryable && (
          <Button
            variant="default"
            onClick={() => {
              notifications.hide(id)
              tryAgain()
            }}
          >
            Try again
          </Button>
        )}
      </div>
    ),
  })
}
