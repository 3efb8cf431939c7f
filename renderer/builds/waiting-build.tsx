import { Button } from '@mantine/core'
import type { BuildQueue, WaitingBuild as Waiting } from '#shared/build-queue.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { countOf } from '#renderer/ui/format.ts'
import { TimeAgo, TimeUntil } from '#renderer/ui/time-text.tsx'
import { CauseList } from './cause-list.tsx'
import { showUndo } from '#renderer/ui/toast.tsx'
import { useCancelWaiting, useRequestBuild, useRunNow } from './mutations.ts'
import classes from './queue.module.css'

/** The build that waits: what it is wanted for, when it begins, and the ways to have it now or not at all. */
export function WaitingBuild({ queue }: { readonly queue: BuildQueue }) {
  const site = useSite()
  const { mayAct } = useAccess()
  const runNow = useRunNow()
  const cancel = useCancelWaiting()
  const request = useRequestBuild()
  const onCancel = () =>
    cancel.mutate(
      { siteId: site.id },
      { onSuccess: () => showUndo('The waiting build was taken away.', () => request.mutate({ siteId: site.id })) },
    )
  const { waiting, cost } = queue
  if (waiting === null) return null
  return (
    <section className={classes.card} aria-label="Waiting build">
      <div className={classes.top}>
        <span className={classes.sign} aria-hidden>
          ◔
        </span>
        <span className={classes.name}>Next build: {waitingWords(waiting)}</span>
        <span className={classes.quiet}>
          <When waiting={waiting} starting={queue.starting !== null} />
        </span>
        {mayAct && (
          <span className={classes.end}>
            <Button loading={runNow.isPending} onClick={() => runNow.mutate({ siteId: site.id })} title={nowMeans(waiting)}>
              Run now
            </Button>
            <Button variant="default" loading={cancel.isPending} onClick={onCancel}>
              Cancel
            </Button>
          </span>
        )}
      </div>
      <CauseList causes={waiting.causes} />
      {waiting.problem !== null && (
        <p className={classes.problem} role="status">
          {waiting.problem} {waiting.fix !== null && <span className={classes.quiet}>{waiting.fix}</span>}
        </p>
      )}
      <p className={classes.quiet}>
        {waiting.firstAtMs === waiting.lastAtMs ? (
          <>
            Wanted <TimeAgo atMs={waiting.lastAtMs} />.
          </>
        ) : (
          <>
            The first was wanted <TimeAgo atMs={waiting.firstAtMs} />, the last <TimeAgo atMs={waiting.lastAtMs} />.
          </>
        )}{' '}
        What comes until it begins is built with it.
        {cost !== null && ` A build takes about ${cost.amount} ${cost.unit}.`}
      </p>
    </section>
  )
}

/** One wish is named; several are counted. */
function waitingWords({ causes, changes }: Waiting): string {
  const [only] = causes
  return (changes === 1 && only?.latest[0]) || countOf(changes, 'change')
}

function When({ waiting: { startsAtMs, holds }, starting }: { readonly waiting: Waiting; readonly starting: boolean }) {
  if (holds === 'build') return starting ? 'begins after the one that is asked for' : 'begins when the running build has ended'
  if (holds !== null || startsAtMs === null) return 'does not begin by itself'
  return (
    <span role="timer" aria-label="Begins">
      begins <TimeUntil atMs={startsAtMs} />
    </span>
  )
}

function nowMeans({ holds }: Waiting): string {
  if (holds === 'switch') return 'Builds at once. What it makes stays unpublished if visitors are given the other release first.'
  if (holds === 'pinned') return 'Builds now. The site stays pinned: visitors do not get it until you unpin.'
  return holds === 'build' ? 'Begins beside the build that runs.' : 'Begins at once, without waiting for more changes.'
}
