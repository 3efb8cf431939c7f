import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useAccess } from '#renderer/lib/access.ts'
import { automationQueries, useSetPaused } from './queries.ts'

/** Pauses all automation or has it go on, for incidents; null for people who may not, and until it is known. */
export function usePauseAct() {
  const { data: pause } = useQuery(automationQueries.pause())
  const { mayAct } = useAccess()
  const setPaused = useSetPaused()
  if (!mayAct || pause === undefined) return null
  return {
    icon: pause ? IconPlayerPlay : IconPlayerPause,
    label: pause ? 'Resume automation' : 'Pause all automation',
    run: () => setPaused.mutate({ paused: pause === null }),
  }
}
