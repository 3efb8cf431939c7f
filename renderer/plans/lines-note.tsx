import type { LinesRead } from '#shared/new-purge.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import classes from './new-purge-dialog.module.css'

/** What the pasted lines mean, and line by line what is wrong with them. */
export function LinesNote({ read }: { readonly read: LinesRead }) {
  const parts = [
    countOf(read.pages, 'known page'),
    ...(read.unlistedCount > 0 ? [`${formatCount(read.unlistedCount)} in no list`] : []),
    ...(read.refusedCount > 0 ? [`${countOf(read.refusedCount, 'line')} that cannot be purged`] : []),
  ]
  const told = [
    ...read.refused.map((line) => ({ ...line, bad: true })),
    ...read.unlisted.map((line) => ({ ...line, bad: false })),
  ].sort((a, b) => a.number - b.number)
  const more = read.refusedCount + read.unlistedCount - told.length
  return (
    <div className={classes.note} role="status">
      <p className={classes.sum}>{parts.join(' · ')}</p>
      {told.length > 0 && (
        <ul className={classes.lines} aria-label="Lines to look at">
          {told.map(({ number, line, says, bad }) => (
            <li key={number} data-bad={bad || undefined}>
              <span className={classes.number}>{formatCount(number)}</span>
              <code title={line}>{line}</code>
              <span>{says}</span>
            </li>
          ))}
          {more > 0 && <li>and {formatCount(more)} more</li>}
        </ul>
      )}
    </div>
  )
}
