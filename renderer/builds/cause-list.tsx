import type { BuildCause } from '#shared/build-queue.ts'
import { formatCount } from '#renderer/ui/format.ts'
import classes from './queue.module.css'

/** "37 changes from Sanity: menu, about, lolly-7 and 34 more", a source a line. */
export function CauseList({ causes }: { readonly causes: readonly BuildCause[] }) {
  return (
    <ul className={classes.causes}>
      {causes.map(({ source, count, latest }) => (
        <li key={source}>
          <b>{count === 1 ? `1 change from ${source}` : `${formatCount(count)} changes from ${source}`}</b>
          {latest.length > 0 && (
            <span className={classes.quiet}>
              : {latest.join(', ')}
              {count > latest.length && ` and ${formatCount(count - latest.length)} more`}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
