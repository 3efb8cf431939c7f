import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlayerPause } from '@tabler/icons-react'
import { useAccess } from '#renderer/lib/access.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { automationQueries, useSetPaused } from './queries.ts'
import classes from './pause-bar.module.css'

/** Seen on every screen as long as automation is paused. */
export function PauseBar() {
  const { data: pause } = useQuery(automationQueries.pause())
  const { mayAct } = useAccess()
  const setPaused = useSetPaused()
  if (!pause) return null
  return (
    <div className={classes.bar} role="status">
      <IconPlayerPause size={14} aria-hidden />
      <span>
        <strong>All automation is paused</strong> by {pause.by}, <TimeAgo atMs={pause.atMs} />. Schedules and purges that start by
        themselves wait; what people do goes on.
      </span>
      {mayAct && (
        <Button
          size="compact-xs"
          variant="default"
          loading={setPaused.isPending}
          onClick={() => setPaused.mutate({ paused: false })}
        >
          Resume
        </Button>
      )}
    </div>
  )
}
