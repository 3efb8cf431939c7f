import { Button } from '@mantine/core'
import { useNavigate, useRouteError } from 'react-router'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { ScreenMissing } from './screens.ts'

/** A screen that fell over takes nothing else with it. */
export function BrokenScreen() {
  const error = useRouteError()
  const navigate = useNavigate()
  if (error instanceof ScreenMissing) {
    return (
      <main>
        <EmptyNote
          title="This screen is not here yet"
          action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
        >
          It could not be loaded: Frostline is not reachable, or another version runs now. Nothing that runs is affected. Load it
          again when the connection is back.
        </EmptyNote>
      </main>
    )
  }
  return (
    <main>
      <EmptyNote title="This screen has failed" action={<Button onClick={() => void navigate('/pages')}>Go to Pages</Button>}>
        Nothing that runs is affected. What the screen said: {error instanceof Error ? error.message : 'nothing'}.
      </EmptyNote>
    </main>
  )
}
