import { useWindowEvent } from '@mantine/hooks'
import { useBlocker } from 'react-router'
import { LeaveQuestion } from './leave-question.tsx'

interface LeaveGuardProps {
  /** Whose settings were changed: "this site". */
  readonly what: string
  readonly unsaved: boolean
}

/** Asks before another screen is shown, or the window is closed, while something is typed that was not saved. */
export function LeaveGuard({ what, unsaved }: LeaveGuardProps) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname)
  useWindowEvent('beforeunload', (event) => {
    if (unsaved) event.preventDefault()
  })
  return (
    <LeaveQuestion
      what={what}
      opened={blocker.state === 'blocked'}
      onStay={() => blocker.reset?.()}
      onLeave={() => blocker.proceed?.()}
    />
  )
}
