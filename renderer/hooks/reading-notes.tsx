import type { HookSource } from '#shared/hook-sources.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { TimeAgo, TimeUntil } from '#renderer/ui/time-text.tsx'
import { useAskNow } from './mutations.ts'
import { StateMark } from './state-mark.tsx'
import classes from './hooks.module.css'

/** When a source was last asked, and how that went. */
export function AskedCell({ source: { reading } }: { readonly source: HookSource }) {
  if (reading === null) return <span className={classes.quiet}>–</span>
  if (reading.problem !== null)
    return (
      <StateMark look="bad" title={`${reading.problem.message} ${reading.problem.fix}`}>
        Cannot be asked
      </StateMark>
    )
  if (reading.askedAtMs === null) return <StateMark look="waiting">Reading</StateMark>
  return <TimeAgo atMs={reading.askedAtMs} />
}

/** Sources that could not be asked: what happened, what to do, and when it is tried again. */
export function ReadingNotes({ sources }: { readonly sources: readonly HookSource[] }) {
  const { mayAct } = useAccess()
  const ask = useAskNow()
  return sources.flatMap(({ id, name, reading }) =>
    reading?.problem
      ? [
          <div key={id} className={classes.problem}>
            <FailureNote
              message={reading.problem.message.startsWith(name) ? reading.problem.message : `${name}: ${reading.problem.message}`}
              fix={reading.problem.fix}
              onTryAgain={mayAct ? () => ask.mutate({ sourceId: id }) : undefined}
            />
            <span className={classes.quiet}>
              It is asked again <TimeUntil atMs={reading.problem.againAtMs} />. What changed meanwhile is found then.
            </span>
          </div>,
        ]
      : [],
  )
}
