import { useQuery } from '@tanstack/react-query'
import type { Job } from '#shared/activity.ts'
import { JobLine } from './job-line.tsx'
import { activityQueries } from './queries.ts'

interface JobStripProps {
  readonly siteId: string
  readonly kinds: readonly Job['kind'][]
}

/** The running jobs of these kinds as slim lines above a table. */
export function JobStrip({ siteId, kinds }: JobStripProps) {
  const { data: jobs = [] } = useQuery(activityQueries.jobs())
  return jobs
    .filter((job) => job.siteId === siteId && job.state === 'running' && kinds.includes(job.kind))
    .map((job) => <JobLine key={job.id} job={job} slim />)
}
