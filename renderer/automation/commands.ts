import { useQuery } from '@tanstack/react-query'
import type { Command, CommandTools } from '#renderer/lib/commands.ts'
import { automationQueries, useSetPaused } from './queries.ts'

export interface Automation {
  /** Undefined while nobody knows. */
  readonly paused: boolean | undefined
  readonly setPaused: (paused: boolean) => void
}

export function useAutomation(): Automation {
  const { data } = useQuery(automationQueries.pause())
  const { mutate } = useSetPaused()
  return { paused: data === undefined ? undefined : data !== null, setPaused: (paused) => mutate({ paused }) }
}

export function automationCommand({ access }: CommandTools, { paused, setPaused }: Automation): readonly Command[] {
  if (!access.mayAct || paused === undefined) return []
  return [
    {
      id: paused ? 'resume' : 'pause',
      group: 'Do',
      label: paused ? 'Resume automation' : 'Pause all automation',
      says: 'Schedules and what starts by itself',
      does: () => setPaused(!paused),
    },
  ]
}
