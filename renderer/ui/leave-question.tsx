import { Button, Modal, Text } from '@mantine/core'
import { DialogFooter } from './dialog-footer.tsx'

interface LeaveQuestionProps {
  /** What was changed: "this site". */
  readonly what: string
  readonly opened: boolean
  readonly onStay: () => void
  readonly onLeave: () => void
}

/** Asked before something is given up that was typed and not saved. Over another dialog both lie in one `Modal.Stack`. */
export function LeaveQuestion({ what, opened, onStay, onLeave }: LeaveQuestionProps) {
  return (
    <Modal stackId="leave" opened={opened} onClose={onStay} title="Leave without saving?" size={420}>
      <Text>What you changed of {what} has not been saved. It is lost when you leave.</Text>
      <DialogFooter>
        <Button variant="default" onClick={onLeave}>
          Leave without saving
        </Button>
        <Button data-autofocus onClick={onStay}>
          Go on editing
        </Button>
      </DialogFooter>
    </Modal>
  )
}
