import { Button } from '@mantine/core'
import { useNavigate, useRouteError } from 'react-router'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'

/** A screen that fell over takes nothing else with it. */
export function BrokenScreen() {
  const error = useRouteError()
  const navigate = useNavigate()
  return (
    <main>
      <EmptyNote title="This screen has failed" action={<Button onClick={() => void navigate('/pages')}>Go to Pages</Button>}>
        Nothing that runs is affected. What the screen said: {error instanceof Error ? error.message : 'nothing'}.
      </EmptyNote>
    </main>
  )
}
