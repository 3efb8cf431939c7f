import { useQuery } from '@tanstack/react-query'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { plansQueries } from './queries.ts'
import classes from './purges-screen.module.css'

/** How the account stands: what is in progress of what may be, and what the waiting ones wait for. */
export function LaneLine({ siteId }: { readonly siteId: string }) {
  const { data: lane } = useQuery(plansQueries.lane(siteId))
  if (!lane) return null
  const { items, prefixes, atMost } = lane.inProgress
  const waiting = lane.waiting.people + lane.waiting.automatic
  return (
    <div className={classes.lane} role="status" aria-label="Queue of the account">
      <span>
        {waiting === 0
          ? 'Nothing of this account waits to be sent'
          : `${countOf(waiting, 'request')} of this account ${waiting === 1 ? 'waits' : 'wait'}`}
        {lane.waiting.automatic > 0 && lane.waiting.people > 0 && `, ${formatCount(lane.waiting.people)} of people first`}
      </span>
      {(items > 0 || waiting > 0) && (
        <span
          className={classes.quiet}
          title="Of this site’s distribution. What others send to it counts too, and is not seen here."
        >
          In progress: {formatCount(items)}
          {atMost && ` of ${formatCount(atMost.items)}`} items
          {(prefixes > 0 || waiting > 0) && atMost && `, ${formatCount(prefixes)} of ${formatCount(atMost.prefixes)} wildcards`}
        </span>
      )}
      {lane.waits.map(({ says, count, untilMs }) => (
        <span key={says} className={classes.quiet}>
          {says} {count > 1 && `(${formatCount(count)})`}
          {untilMs !== null && (
            <>
              {' '}
              Goes on <TimeUntil atMs={untilMs} />.
            </>
          )}
        </span>
      ))}
    </div>
  )
}
