import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import classes from './undo-toast.module.css'

/** Long enough to read the sentence and to think again. */
const UNDO_MS = 12_000

/** Tells of an act that was done, and offers to undo it. */
export function showUndo(sentence: string, undo: () => void): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    message: (
      <div className={classes.body}>
        <span>{sentence}</span>
        <Button
          variant="default"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          Undo
        </Button>
      </div>
    ),
  })
}
