import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import classes from './rules.module.css'

interface LeaveQuestionProps {
  readonly onStay: () => void
  readonly onLeave: () => void
}

/** Asked before what was changed is given up. */
export function LeaveQuestion({ onStay, onLeave }: LeaveQuestionProps) {
  const stay = useRef<HTMLButtonElement>(null)
  useEffect(() => stay.current?.focus(), [])
  return (
    <div role="alertdialog" aria-label="Leave without saving?" className={classes.leave}>
      <span>This rule was changed and is not saved.</span>
      <Button ref={stay} variant="default" onClick={onStay}>
        Go on editing
      </Button>
      <Button color="red" onClick={onLeave}>
        Leave without saving
      </Button>
    </div>
  )
}
