import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconExternalLink, IconMoon, IconPin, IconSearch, IconSun } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Site } from '#shared/sites.ts'
import { DEMO_CONTROLS } from '#shared/tour.ts'
import { JobsMenu } from '#renderer/activity/jobs-menu.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { palette } from '#renderer/lib/palette.ts'
import { hint, keysOf } from '#renderer/lib/use-shortcuts.ts'
import { SiteMenu } from './site-menu.tsx'
import classes from './top-bar.module.css'

interface TopBarProps {
  readonly sites: readonly Site[]
  readonly site: Site | null
  readonly onChoose: (siteId: string) => void
}

export function TopBar({ sites, site, onChoose }: TopBarProps) {
  const { mayAct } = useAccess()
  const links = site?.links.filter(({ label }) => mayAct || label !== DEMO_CONTROLS) ?? []
  return (
    <header className={classes.bar}>
      <SiteMenu sites={sites} site={site} onChoose={onChoose} />
      {site && (
        <span className={classes.zones}>
          {site.zones[0]?.host}
          {site.zones.length > 1 && ` · ${countOf(site.zones.length, 'zone')}`}
        </span>
      )}
      {site?.pinned && (
        <Link className={classes.pinned} to="/builds" title="New builds stay unpublished to visitors. Open Builds to unpin.">
          <IconPin size={13} aria-hidden />
          Pinned to {site.pinned.id}
        </Link>
      )}
      {links.map((link) => (
        <a key={link.url} className={classes.link} href={link.url} target="_blank" rel="noreferrer">
          {link.label}
          <IconExternalLink size={12} aria-hidden />
        </a>
      ))}
      <button type="button" className={classes.search} {...hint('palette')} onClick={() => palette.open()}>
        <IconSearch size={14} aria-hidden />
        <span>Search or do anything…</span>
        <kbd>{keysOf('palette')}</kbd>
      </button>
      <JobsMenu sites={sites} />
      <SchemeMenu />
    </header>
  )
}

const SCHEMES = [
  { value: 'light', name: 'Light', icon: IconSun },
  { value: 'dark', name: 'Dark', icon: IconMoon },
  { value: 'auto', name: 'As the system', icon: IconDeviceDesktop },
] as const

function SchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Now = SCHEMES.find((scheme) => scheme.value === colorScheme)?.icon ?? IconDeviceDesktop
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="Colours">
          <Now size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ value, name, icon: Picture }) => (
          <Menu.Item
            key={value}
            leftSection={<Picture size={14} />}
            onClick={() => setColorScheme(value)}
            rightSection={value === colorScheme && <IconCheck size={14} aria-label="chosen" />}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings/appearance">
          Appearance…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
