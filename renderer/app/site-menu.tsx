import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconEraser, IconSettings } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Site } from '#shared/sites.ts'
import { PauseItem } from '#renderer/automation/pause-item.tsx'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { pagesQueries } from '#renderer/pages/queries.ts'
import { siteState } from './site-state.ts'
import classes from './site-menu.module.css'

interface SiteMenuProps {
  readonly sites: readonly Site[]
  readonly site: Site | null
  readonly onChoose: (siteId: string) => void
}

/** More sites than these are searched. */
const SEARCHED_FROM = 8
/** Each that is shown is asked for its state. */
const SHOWN_AT_MOST = 40

/** Goes from site to site, and holds what is done to the whole one. */
export function SiteMenu({ sites, site, onChoose }: SiteMenuProps) {
  const acts = useActs()
  const navigate = useNavigate()
  const { mayAct, mayOwn } = useAccess()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = sites.filter(
    ({ name, zones }) => name.toLowerCase().includes(wanted) || zones.some(({ host }) => host.includes(wanted)),
  )
  const shown = found.slice(0, SHOWN_AT_MOST)
  return (
    <Menu position="bottom-start" width={320} withInitialFocusPlaceholder={false} onClose={() => setSearch('')}>
      <Menu.Target>
        <Button variant="subtle" color="gray" className={classes.button} rightSection={<IconChevronDown size={13} />}>
          <span className={classes.mark} aria-hidden>
            ◆
          </span>
          {site?.name ?? 'Frostline'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sites.length >= SEARCHED_FROM && (
          <Menu.Search
            aria-label="Search sites"
            placeholder="Search sites by name or host"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        <Menu.Label>Sites</Menu.Label>
        <div className={classes.sites}>
          {shown.map((other) => (
            <SiteItem key={other.id} site={other} open={other.id === site?.id} onChoose={() => onChoose(other.id)} />
          ))}
        </div>
        {found.length > shown.length && <Menu.Label>{found.length - shown.length} more: search for them</Menu.Label>}
        {sites.length > 0 && found.length === 0 && <Menu.Label>No site has this in its name or hosts</Menu.Label>}
        {sites.length === 0 && <Menu.Item disabled>No site yet</Menu.Item>}
        {site && (mayAct || mayOwn) && <Menu.Divider />}
        {site && mayOwn && (
          <Menu.Item leftSection={<IconSettings size={14} />} onClick={() => void navigate(`/sites/${site.id}`)}>
            Settings of this site
          </Menu.Item>
        )}
        {site && mayAct && (
          <Menu.Item c="var(--fl-amber)" leftSection={<IconEraser size={14} />} onClick={acts.purgeEverything}>
            Purge everything…
          </Menu.Item>
        )}
        <PauseItem />
      </Menu.Dropdown>
    </Menu>
  )
}

interface SiteItemProps {
  readonly site: Site
  readonly open: boolean
  readonly onChoose: () => void
}

function SiteItem({ site, open, onChoose }: SiteItemProps) {
  const { data } = useQuery(pagesQueries.counts(site.id, {}))
  const state = siteState(site, data?.byWord)
  return (
    <Menu.Item
      onClick={onChoose}
      leftSection={<span className={classes.dot} data-level={state.level} aria-hidden />}
      rightSection={
        <span className={classes.right}>
          <span className={classes.words}>{state.words}</span>
          {open && <IconCheck size={14} aria-label="open" />}
        </span>
      }
    >
      {site.name}
    </Menu.Item>
  )
}
