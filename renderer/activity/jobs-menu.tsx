import { Button, Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { countOf } from '#renderer/ui/format.ts'
import { JobLine } from './job-line.tsx'
import { activityQueries } from './queries.ts'
import classes from './jobs-menu.module.css'

/** Ended jobs are kept in the menu as long as somebody may wonder what came of them. */
const ENDED_SHOWN = 5

/** Everything that runs or waits for its turn, and what ended last, of every site. */
export function JobsMenu({ sites }: { readonly sites: readonly { readonly id: string; readonly name: string }[] }) {
  const { data: jobs = [] } = useQuery(activityQueries.jobs())
  const nameOf = (siteId: string) => (sites.length > 1 ? sites.find(({ id }) => id === siteId)?.name : undefined)
  const running = jobs.filter((job) => job.state === 'running')
  const waiting = jobs.filter((job) => job.state === 'waiting')
  const ended = jobs.filter((job) => job.endedAtMs !== null).slice(0, ENDED_SHOWN)
  return (
    <Popover position="bottom-end" width={400} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" className={classes.button} rightSection={<IconChevronDown size={13} />}>
          <span className={classes.dot} data-running={running.length > 0 || undefined} aria-hidden />
          {countOfJobs(running.length, waiting.length)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} role="dialog" className={classes.list}>
        {running.length + waiting.length + ended.length === 0 && (
          <p className={classes.empty}>
            Nothing runs. Checks, searches for pages, builds, releases and plans are shown here while they do.
          </p>
        )}
        {[...running, ...waiting, ...ended].map((job) => (
          <JobLine key={job.id} job={job} siteName={nameOf(job.siteId)} />
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

/** What waits counts apart: it may wait for days. */
function countOfJobs(running: number, waiting: number): string {
  const waits = `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`
  if (waiting === 0) return countOf(running, 'job')
  return running === 0 ? waits : `${countOf(running, 'job')} · ${waits}`
}
