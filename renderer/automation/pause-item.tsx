import { Menu } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useAccess } from '#renderer/lib/access.ts'
import { automationQueries, useSetPaused } from './queries.ts'

/** In the site's menu, for incidents. */
export function PauseItem() {
  const { data: pause } = useQuery(automationQueries.pause())
  const { mayAct } = useAccess()
  const setPaused = useSetPaused()
  if (!mayAct || pause === undefined) return null
  const Picture = pause ? IconPlayerPlay : IconPlayerPause
  return (
    <>
      <Menu.Divider />
      <Menu.Label>Incidents</Menu.Label>
      <Menu.Item leftSection={<Picture size={14} aria-hidden />} onClick={() => setPaused.mutate({ paused: pause === null })}>
        {pause ? 'Resume automation' : 'Pause all automation'}
      </Menu.Item>
    </>
  )
}
