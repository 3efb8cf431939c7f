import {
  IconActivity,
  IconBolt,
  IconFiles,
  IconHammer,
  IconHelpCircle,
  IconHome,
  IconSettings,
  IconTags,
  IconUsers,
  IconWallet,
  IconWebhook,
  IconWorld,
  type Icon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { NavLink } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { pagesQueries } from '#renderer/pages/queries.ts'
import { isRunning } from '#renderer/plans/plan-words.ts'
import { plansQueries } from '#renderer/plans/queries.ts'
import { formatCount } from '#renderer/ui/format.ts'
import classes from './rail.module.css'

/** The screens, with counts on those that need attention. */
export function Rail() {
  const site = useContext(CurrentSite)
  const { mayOwn } = useAccess()
  return (
    <nav className={classes.rail} aria-label="Screens">
      <Item to="/home" icon={IconHome} name="Home" />
      <Item to="/pages" icon={IconFiles} name="Pages">
        {site && <OldPages siteId={site.id} />}
      </Item>
      <Item to="/tags" icon={IconTags} name="Tags" />
      <Item to="/purges" icon={IconBolt} name="Purges">
        {site && <RunningPlans siteId={site.id} />}
      </Item>
      <Item to="/budget" icon={IconWallet} name="Budget" />
      <Item to="/builds" icon={IconHammer} name="Builds" />
      <Item to="/hooks" icon={IconWebhook} name="Hooks" />
      <Item to="/activity" icon={IconActivity} name="Activity" />
      <hr className={classes.line} />
      <Item to="/why" icon={IconHelpCircle} name="Why?" />
      <Item to="/sites" icon={IconWorld} name="Sites" />
      <Item to="/settings" icon={IconSettings} name="Settings" />
      {mayOwn && <Item to="/people" icon={IconUsers} name="People" />}
    </nav>
  )
}

interface ItemProps {
  readonly to: string
  readonly icon: Icon
  readonly name: string
  readonly children?: React.ReactNode
}

function Item({ to, icon: Picture, name, children }: ItemProps) {
  return (
    <NavLink to={to} className={classes.item ?? ''}>
      <Picture size={16} stroke={1.6} aria-hidden />
      <span>{name}</span>
      {children}
    </NavLink>
  )
}

function OldPages({ siteId }: { readonly siteId: string }) {
  const { data } = useQuery(pagesQueries.counts(siteId, {}))
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
  return running === 0 ? null : <span className={classes.count}>{running} running</span>
}
