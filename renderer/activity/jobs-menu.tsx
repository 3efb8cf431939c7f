import { Button, Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { countOf } from '#renderer/ui/format.ts'
import { JobLine } from './job-line.tsx'
import { activityQueries } from './queries.ts'
import classes from './jobs-menu.module.css'

/** Ended jobs are kept in the menu as long as somebody may wonder what came of them. */
const ENDED_SHOWN = 5

/** Everything that runs, and what ended last. */
export function JobsMenu() {
  const { data: jobs = [] } = useQuery(activityQueries.jobs())
  const running = jobs.filter((job) => job.state === 'running')
  const ended = jobs.filter((job) => job.state !== 'running').slice(0, ENDED_SHOWN)
  return (
    <Popover position="bottom-end" width={400} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" className={classes.button} rightSection={<IconChevronDown size={13} />}>
          <span className={classes.dot} data-running={running.length > 0 || undefined} aria-hidden />
          {countOf(running.length, 'job')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label="Jobs" className={classes.list}>
        {running.length + ended.length === 0 && (
          <p className={classes.empty}>Nothing runs. Checks, searches for pages and plans are shown here while they do.</p>
        )}
        {[...running, ...ended].map((job) => (
          <JobLine key={job.id} job={job} />
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
