import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { costWords, EntryText } from './activity-words.tsx'
import { activityQueries } from './queries.ts'
import classes from './activity-screen.module.css'

const SHOWN = 5

/** The last few things that were done with a site. */
export function LatestActivity({ siteId }: { readonly siteId: string }) {
  const { data } = useQuery(activityQueries.latest(siteId, SHOWN))
  if (!data) return null
  if (data.rows.length === 0) return <p className={classes.quiet}>Nothing has been done yet.</p>
  return (
    <div className={classes.latest}>
      {data.rows.map((entry) => (
        <Fragment key={entry.id}>
          <span className={classes.quiet}>
            <TimeAgo atMs={entry.atMs} />
          </span>
          <span>{entry.by}</span>
          <span>
            <EntryText entry={entry} />
          </span>
          <span className={classes.quiet}>{costWords(entry.cost)}</span>
        </Fragment>
      ))}
    </div>
  )
}
