import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { NavLink, useNavigate } from 'react-router'
import type { Site } from '#shared/sites.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { screenAddress } from '#renderer/lib/screen-address.ts'
import { hint } from '#renderer/lib/use-shortcuts.ts'
import { pagesQueries } from '#renderer/pages/queries.ts'
import { isRunning } from '#renderer/plans/plan-words.ts'
import { plansQueries } from '#renderer/plans/queries.ts'
import { formatCount } from '#renderer/ui/format.ts'
import { useQuiet } from './once-quiet.ts'
import { SCREEN_LINKS, type ScreenLink } from './screen-links.ts'
import classes from './rail.module.css'

/** The screens, with counts on those that need attention. Each opens with the filter that it had last. */
export function Rail() {
  const site = useContext(CurrentSite)
  const { mayOwn } = useAccess()
  const links = SCREEN_LINKS.filter(({ ownersOnly }) => !ownersOnly || mayOwn)
  return (
    <nav className={classes.rail} aria-label="Screens">
      {links
        .filter(({ aside }) => !aside)
        .map((link) => (
          <Item key={link.to} link={link} site={site} />
        ))}
      <hr className={classes.line} />
      {links
        .filter(({ aside }) => aside)
        .map((link) => (
          <Item key={link.to} link={link} site={site} />
        ))}
    </nav>
  )
}

function Item({ link, site }: { readonly link: ScreenLink; readonly site: Site | null }) {
  const { to, icon: Picture, name, shortcut } = link
  const navigate = useNavigate()
  return (
    <NavLink
      to={to}
      className={classes.item ?? ''}
      {...hint(shortcut, name)}
      onClick={(event) => {
        // Read now and not when the rail was drawn; another window or tab begins without it.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        void navigate(screenAddress(site?.id ?? '', to))
      }}
    >
      <Picture size={16} stroke={1.6} aria-hidden />
      <span>{name}</span>
      {site && to === '/pages' && <OldPages siteId={site.id} />}
      {site && to === '/purges' && <RunningPlans siteId={site.id} />}
    </NavLink>
  )
}

function OldPages({ siteId }: { readonly siteId: string }) {
  const { data } = useQuery({ ...pagesQueries.counts(siteId, {}), enabled: useQuiet() })
  const old = data?.byWord.outdated ?? 0
  return old === 0 ? null : (
    <span className={classes.count} data-warn title="Old copies at the edge">
      {formatCount(old)} old
    </span>
  )
}

function RunningPlans({ siteId }: { readonly siteId: string }) {
  const { data = [] } = useQuery(plansQueries.list(siteId))
  const running = data.filter((plan) => isRunning(plan.state)).length
  if (running > 0) return <span className={classes.count}>{running} running</span>
  const waiting = data.filter((plan) => plan.state === 'draft' && plan.waits === true).length
  return waiting === 0 ? null : (
    <span className={classes.count} data-warn title="Purges after a change of release that nobody has started">
      {waiting} to start
    </span>
  )
}
