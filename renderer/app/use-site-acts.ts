import { IconEraser, IconSettings, type Icon } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import type { Site } from '#shared/sites.ts'
import { usePauseAct } from '#renderer/automation/use-pause-act.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'

/** Something that is done to a whole site, or to everything. */
export interface SiteAct {
  readonly label: string
  readonly icon: Icon
  readonly danger?: true
  readonly run: () => void
}

/** What the site's menu holds besides the sites: what is done to the whole one, and what is for incidents. */
export function useSiteActs(site: Site | null): { readonly ofSite: readonly SiteAct[]; readonly incidents: readonly SiteAct[] } {
  const acts = useActs()
  const navigate = useNavigate()
  const { mayAct, mayOwn } = useAccess()
  const pause = usePauseAct()
  const ofSite: SiteAct[] = []
  if (site && mayOwn) {
    ofSite.push({ label: 'Settings of this site', icon: IconSettings, run: () => void navigate(`/sites/${site.id}`) })
  }
  if (site && mayAct) ofSite.push({ label: 'Purge everything…', icon: IconEraser, danger: true, run: acts.purgeEverything })
  return { ofSite, incidents: pause === null ? [] : [pause] }
}
