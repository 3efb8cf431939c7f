import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { BudgetLine } from '#renderer/budget/budget-line.tsx'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { pagesQueries } from '#renderer/pages/queries.ts'
import { OfflineLine } from '#renderer/settings/offline-line.tsx'
import { networkQueries } from '#renderer/settings/queries.ts'
import { edgeWords } from '#renderer/sites/edge-words.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useQuiet } from './once-quiet.ts'
import classes from './status-bar.module.css'

/** The edge's state, the month's purges, and how old our knowledge is. */
export function StatusBar() {
  const site = useContext(CurrentSite)
  const offline = useQuery(networkQueries.offline()).data ?? null
  if (!site) {
    return (
      <footer className={classes.bar} aria-label="Status">
        <span>No site is open</span>
        {offline && <OfflineLine offline={offline} />}
      </footer>
    )
  }
  const problem = site.edge.state === 'failed' ? site.edge.message : site.watchProblem
  return (
    <footer className={classes.bar} aria-label="Status">
      <span data-bad={site.edge.state === 'failed' || undefined} title={site.edge.message ?? undefined}>
        Edge: {edgeWords(site.edge)}
      </span>
      <BudgetLine siteId={site.id} />
      <LastChecked siteId={site.id} />
      {offline ? (
        <OfflineLine offline={offline} />
      ) : problem !== null ? (
        <span className={classes.problem} title={problem}>
          {problem}
        </span>
      ) : null}
    </footer>
  )
}

function LastChecked({ siteId }: { readonly siteId: string }) {
  const { data } = useQuery({ ...pagesQueries.latest(siteId), enabled: useQuiet() })
  if (!data) return null
  const at = data.rows[0]?.observedAtMs ?? null
  return at === null ? (
    <span>Nothing checked yet</span>
  ) : (
    <span>
      Last checked <TimeAgo atMs={at} />
    </span>
  )
}
