import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Plan } from '#shared/plans.ts'
import { canBeUndone } from './plan-words.ts'
import classes from './plan-screen.module.css'

const LOOK_MS = 1_000

/** Offers to take a start back for as long as nothing was sent; it goes away by itself then. `now`: the plan as it stands. */
export function showStarted(plan: Plan, now: () => Promise<Plan>, undo: () => void): void {
  if (!canBeUndone(plan)) return
  const id = notifications.show({
    autoClose: false,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    onClose: () => clearInterval(looking),
    message: (
      <div className={classes.toast}>
        <span>Started. Nothing has been sent to the edge yet.</span>
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
  const looking = setInterval(() => {
    now().then(
      (latest) => canBeUndone(latest) || notifications.hide(id),
      () => notifications.hide(id),
    )
  }, LOOK_MS)
}
