import { Button, Modal, Text } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { useBlocker } from 'react-router'
import { DialogFooter } from './dialog-footer.tsx'

interface LeaveDialogProps {
  /** Whose settings were changed: "this site". */
  readonly what: string
  readonly unsaved: boolean
}

/** Asks before another screen is shown, or the window is closed, while something is typed that was not saved. */
export function LeaveDialog({ what, unsaved }: LeaveDialogProps) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname)
  useWindowEvent('beforeunload', (event) => {
    if (unsaved) event.preventDefault()
  })
  const stay = () => blocker.reset?.()
  return (
    <Modal opened={blocker.state === 'blocked'} onClose={stay} title="Leave without saving?" size={420}>
      <Text>What you changed of {what} has not been saved. It is lost when you leave.</Text>
      <DialogFooter>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          Leave without saving
        </Button>
        <Button data-autofocus onClick={stay}>
          Stay
        </Button>
      </DialogFooter>
    </Modal>
  )
}
