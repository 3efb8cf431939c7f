import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Site } from '#shared/sites.ts'
import { pagesQueries } from '#renderer/pages/queries.ts'
import { siteState } from './site-state.ts'
import classes from './site-menu.module.css'

/** The parts of a line that names a site to go to: its state as a sign, and in words beside its name. */
export function useSiteLine(site: Site, open: boolean) {
  const { data } = useQuery(pagesQueries.counts(site.id, {}))
  const state = siteState(site, data?.byWord)
  return {
    sign: <span className={classes.dot} data-level={state.level} aria-hidden />,
    words: (
      <span className={classes.right}>
        <span className={classes.words}>{state.words}</span>
        {open && <IconCheck size={14} aria-label="open" />}
      </span>
    ),
  }
}
