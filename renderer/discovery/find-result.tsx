import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatCount } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { useCancelFind } from './mutations.ts'
import { NotTakenList } from './not-taken-list.tsx'
import { discoveryQueries } from './queries.ts'
import classes from './discovery.module.css'

interface FindResultProps {
  readonly jobId: string
  readonly onMore: () => void
  readonly onClose: () => void
}

const STATES = {
  running: 'Looking for pages…',
  done: 'Done',
  failed: 'It failed',
  cancelled: 'Cancelled; what was found is kept',
}

/** How far a search is, and what came of it. It runs on when the dialog is closed. */
export function FindResult({ jobId, onMore, onClose }: FindResultProps) {
  const result = useQuery(discoveryQueries.result(jobId))
  const cancel = useCancelFind()
  const running = result.data?.state === 'running'
  const found = result.data?.found
  return (
    <div className={classes.result}>
      {result.isError && <FailureNote {...describeFailure(result.error)} onTryAgain={() => void result.refetch()} />}
      <div role="status" aria-label="What was found" className={classes.status}>
        <div className={classes.state}>{result.data ? STATES[result.data.state] : 'Looking for pages…'}</div>
        {found ? (
          <div className={classes.counts}>
            <Count value={found.added} label="new" />
            <Count value={found.known} label="known" />
            {found.rewritten > 0 && <Count value={found.rewritten} label="by the rules" />}
            <Count value={found.notTakenCount} label="not taken" />
          </div>
        ) : (
          <div className={classes.note}>{result.data?.note}</div>
        )}
      </div>
      {running && <ProgressLine done={result.data?.done ?? 0} total={null} label="Looking for pages" />}
      {found?.problems.map((problem) => (
        <p key={problem} className={classes.problem}>
          {problem}
        </p>
      ))}
      {found && found.notTaken.length > 0 && <NotTakenList lines={found.notTaken} count={found.notTakenCount} />}
      <DialogFooter>
        {running && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ jobId })}>
            Cancel
          </Button>
        )}
        {found !== undefined && found !== null && found.added > 0 && (
          <Button variant="default" component={Link} to={`/pages?found=${result.data?.startedAtMs ?? 0}`} onClick={onClose}>
            Show {found.added === 1 ? 'the new page' : `the ${formatCount(found.added)} new pages`}
          </Button>
        )}
        <Button variant="default" onClick={onMore}>
          Find more
        </Button>
        <Button data-autofocus onClick={onClose}>
          {running ? 'Go on in the background' : 'Done'}
        </Button>
      </DialogFooter>
    </div>
  )
}

function Count({ value, label }: { readonly value: number; readonly label: string }) {
  return (
    <span className={classes.count} data-none={value === 0 || undefined}>
      <b>{formatCount(value)}</b> {label}
    </span>
  )
}
