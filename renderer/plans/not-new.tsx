import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Plan } from '#shared/plans.ts'
import { PathList, PathText } from '#renderer/ui/path-text.tsx'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { whyPath } from '#renderer/lib/why-address.ts'
import { formatCount } from '#renderer/ui/format.ts'
import { TimedText } from '#renderer/ui/timed-text.tsx'
import { isRunning, RESULT_WORDS } from './plan-words.ts'
import { plansQueries } from './queries.ts'
import classes from './plan-screen.module.css'

const NAMED_AT_MOST = 20

/** The pages that do not show the new version, or wait for another check, by name and with what can be done about it. */
export function NotNew({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const acts = useActs()
  const pages = useQuery(plansQueries.notNew(plan.id))
  const missing = pages.data?.rows ?? []
  const reasonOf = new Map(plan.check.reasons.map((reason) => [reason.pageId, reason]))
  const pageIds = missing.flatMap(({ pageId }) => pageId ?? [])
  const count = formatCount(pageIds.length)
  return (
    <>
      <PathList rows={missing}>
        <ul className={classes.missing} aria-label="Pages without the new version">
          {missing.slice(0, NAMED_AT_MOST).map((row) => {
            const reason = row.pageId === null ? undefined : reasonOf.get(row.pageId)
            return (
              <li key={`${row.zoneHost ?? ''}${row.path}`}>
                <code>
                  <PathText path={row.path} host={row.zoneHost ?? ''} />
                </code>
                {[row.result && RESULT_WORDS[row.result], row.resultReason].filter(Boolean).join(': ')}
                {reason !== undefined && (
                  <p className={classes.reason}>
                    <TimedText text={reason.sentence} /> <Link to={whyPath({ url: reason.url, atMs: null })}>Why?</Link>
                  </p>
                )}
              </li>
            )
          })}
          {missing.length > NAMED_AT_MOST && <li>and {formatCount(missing.length - NAMED_AT_MOST)} more</li>}
        </ul>
      </PathList>
      {mayAct && !isRunning(plan.state) && pageIds.length > 0 && (
        <div className={classes.offers}>
          <Button
            variant="default"
            onClick={() =>
              acts.plan({ selection: { kind: 'pages', pageIds }, words: pageIds.length === 1 ? '1 page' : `${count} pages` })
            }
          >
            {pageIds.length === 1 ? 'Plan again for this page' : `Plan again for these ${count}`}
          </Button>
          <span className={classes.quiet}>Nothing is purged a second time by itself.</span>
        </div>
      )}
    </>
  )
}
