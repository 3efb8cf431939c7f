import { Button } from '@mantine/core'
import type { BuildQueue } from '#shared/build-queue.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { useCancelWaiting } from './mutations.ts'
import classes from './queue.module.css'

/** What needs a person: builds that are stuck, and a service that was asked for one and did not answer. */
export function QueueNotes({ queue: { stuck, starting, waiting } }: { readonly queue: BuildQueue }) {
  const site = useSite()
  const { mayAct } = useAccess()
  const cancel = useCancelWaiting()
  return (
    <>
      {stuck.map(({ buildId, problem, fix }) => (
        <div key={buildId} className={classes.stuck} role="alert" aria-label="Stuck build">
          <span aria-hidden>▲</span>
          <span>
            {problem} <span className={classes.quiet}>{fix}</span>
          </span>
        </div>
      ))}
      {starting !== null && starting.problem !== null && (
        <div className={classes.stuck} role="status" aria-label="Build that could not be begun">
          <span aria-hidden>▲</span>
          <span>
            “{starting.title}” was not begun: {starting.problem}{' '}
            <span className={classes.quiet}>
              It is asked for again <TimeUntil atMs={starting.retryAtMs} />, after a look whether it was begun after all.
            </span>
          </span>
          {/* With a second one waiting, cancelling is about that one. */}
          {mayAct && waiting === null && (
            <span className={classes.end}>
              <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ siteId: site.id })}>
                Give up
              </Button>
            </span>
          )}
        </div>
      )}
    </>
  )
}
