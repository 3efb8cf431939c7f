import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import classes from './toast.module.css'

const DONE_MS = 4_000
/** Long enough to read the sentence and to think again. */
const UNDO_MS = 12_000
const closeButtonProps = { 'aria-label': 'Dismiss' }

/** Tells in passing that something was done. */
export function showDone(says: string): void {
  notifications.show({ autoClose: DONE_MS, closeButtonProps, message: says })
}

/** Tells that something was done and offers to take it back. */
export function showUndo(says: string, undo: () => void): void {
  showOffer(says, 'Undo', undo, UNDO_MS)
}

/** Tells of something and offers what can be done about it; it stays until it is dismissed, unless told otherwise. */
export function showOffer(says: string, verb: string, act: () => void, autoClose: number | false = false): void {
  const id = notifications.show({
    autoClose,
    closeButtonProps,
    message: (
      <div className={classes.body}>
        <span>{says}</span>
        <Button
          variant="default"
          onClick={() => {
            notifications.hide(id)
            act()
          }}
        >
          {verb}
        </Button>
      </div>
    ),
  })
}
