import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AccountReading } from '#shared/budget-account.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { countOf } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useCancelReading, useReconcile } from './mutations.ts'
import { budgetQueries } from './queries.ts'
import classes from './budget.module.css'

/** How far the purges of others are known, why not further, and the act that reads them now. */
export function AccountReadingLine({ reading, reconciled }: { readonly reading: AccountReading; readonly reconciled: boolean }) {
  const site = useSite()
  const { mayAct } = useAccess()
  const reconcile = useReconcile()
  const cancel = useCancelReading()
  const jobs = useQuery(budgetQueries.jobs())
  const job = jobs.data?.find((one) => one.kind === 'reconcile' && one.state === 'running')
  return (
    <div className={classes.reading} role="status" aria-label="Purges of others">
      {job ? (
        <div className={classes.readingJob}>
          <span>Reading the account… {job.note}</span>
          <ProgressLine label="Reading the account" done={job.done} total={job.total} />
        </div>
      ) : (
        <span className={reading.problem ? classes.refused : classes.quiet}>
          <ReadingWords reading={reading} reconciled={reconciled} />
        </span>
      )}
      {mayAct &&
        (job ? (
          <Button size="xs" variant="default" onClick={() => cancel.mutate({ jobId: job.id })}>
            Cancel
          </Button>
        ) : (
          <Button size="xs" variant="default" loading={reconcile.isPending} onClick={() => reconcile.mutate({ siteId: site.id })}>
            Reconcile now
          </Button>
        ))}
    </div>
  )
}

function ReadingWords({ reading, reconciled }: { readonly reading: AccountReading; readonly reconciled: boolean }) {
  const { problem, completedAtMs, distributions } = reading
  if (problem)
    return (
      <>
        At least, since purges of others are not all known: {problem.message} {problem.fix}
      </>
    )
  if (completedAtMs === null)
    return reading.running ? 'The purges of others are being read.' : 'At least: the purges of others have not been read yet.'
  return (
    <>
      {reconciled ? 'Everything that was sent with this account is counted, on ' : 'At least: the account was read long ago, on '}
      {countOf(distributions, 'distribution')}, <TimeAgo atMs={completedAtMs} />.
    </>
  )
}
