import { useQuery } from '@tanstack/react-query'
import type { PageChange, PageDetail } from '#shared/pages.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { changeWords } from './history-words.ts'
import { pagesQueries } from './queries.ts'
import classes from './page-history.module.css'

/** What checks found to be otherwise than the one before, the newest first. */
export function PageHistory({ page }: { readonly page: PageDetail }) {
  const history = useQuery(pagesQueries.history(page.id))
  if (history.isError) return <FailureNote {...describeFailure(history.error)} onTryAgain={() => void history.refetch()} />
  if (!history.data) return <LateSkeleton rows={4} />
  if (history.data.length === 0)
    return <EmptyNote title="No history yet">A row is written when a check finds something changed.</EmptyNote>
  return (
    <section aria-label="History">
      {page.ttfbMs !== null && (
        <p className={classes.now}>
          At the last check the first byte came after <b>{Math.round(page.ttfbMs)} ms</b>.
        </p>
      )}
      <ol className={classes.rows}>
        {history.data.map((row) => (
          <Row key={row.atMs} row={row} />
        ))}
      </ol>
      <p className={classes.note}>A row is written when a check finds something changed: at most 20 a page, for 90 days.</p>
    </section>
  )
}

function Row({ row }: { readonly row: PageChange }) {
  return (
    <li className={classes.row}>
      <div className={classes.when}>
        <TimeAgo atMs={row.atMs} />
      </div>
      <ul className={classes.changes} aria-label={row.first ? 'The oldest row that is kept' : 'What changed'}>
        {row.changes.map((change) => {
          const { name, from, to } = changeWords(change)
          return (
            <li key={change.fact}>
              <span className={classes.fact}>{name}</span>{' '}
              {from !== null && (
                <>
                  <span className={classes.from}>{from}</span> <span aria-label="then">→</span>{' '}
                </>
              )}
              <span>{to}</span>
            </li>
          )
        })}
        {row.ttfbMs !== null && (
          <li>
            <span className={classes.fact}>First byte after</span> <span>{Math.round(row.ttfbMs)} ms</span>
          </li>
        )}
      </ul>
    </li>
  )
}
