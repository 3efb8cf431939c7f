import { Button, Menu, type ButtonProps } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { Site } from '#shared/sites.ts'
import { useSiteLine } from './use-site-line.tsx'
import { SiteSearch } from './site-search.tsx'
import { useSiteActs, type SiteAct } from './use-site-acts.ts'
import classes from './site-menu.module.css'

interface SiteMenuProps {
  readonly sites: readonly Site[]
  readonly site: Site | null
  readonly onChoose: (siteId: string) => void
}

/** So many sites and more are searched: a field has no place in a menu. */
const SEARCHED_FROM = 8

/** Goes from site to site, and holds what is done to the whole one. */
export function SiteMenu(props: SiteMenuProps) {
  const button: ButtonProps = {
    variant: 'subtle',
    color: 'gray',
    className: classes.button ?? '',
    rightSection: <IconChevronDown size={13} />,
    children: (
      <>
        <span className={classes.mark} aria-hidden>
          ◆
        </span>
        {props.site?.name ?? 'Frostline'}
      </>
    ),
  }
  const Shown = props.sites.length < SEARCHED_FROM ? ShortMenu : SiteSearch
  return <Shown {...props} button={button} />
}

function ShortMenu({ sites, site, onChoose, button }: SiteMenuProps & { readonly button: ButtonProps }) {
  const { ofSite, incidents } = useSiteActs(site)
  return (
    <Menu position="bottom-start" width={320} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button {...button} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Sites</Menu.Label>
        {sites.map((other) => (
          <SiteItem key={other.id} site={other} open={other.id === site?.id} onChoose={() => onChoose(other.id)} />
        ))}
        {sites.length === 0 && <Menu.Item disabled>No site yet</Menu.Item>}
        {ofSite.length > 0 && <Menu.Divider />}
        {ofSite.map((act) => (
          <ActItem key={act.label} act={act} />
        ))}
        {incidents.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>Incidents</Menu.Label>
          </>
        )}
        {incidents.map((act) => (
          <ActItem key={act.label} act={act} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function ActItem({ act: { label, icon: Picture, danger, run } }: { readonly act: SiteAct }) {
  return (
    <Menu.Item c={danger && 'var(--fl-amber)'} leftSection={<Picture size={14} aria-hidden />} onClick={run}>
      {label}
    </Menu.Item>
  )
}

interface SiteItemProps {
  readonly site: Site
  readonly open: boolean
  readonly onChoose: () => void
}

function SiteItem({ site, open, onChoose }: SiteItemProps) {
  const { sign, words } = useSiteLine(site, open)
  return (
    <Menu.Item onClick={onChoose} leftSection={sign} rightSection={words}>
      {site.name}
    </Menu.Item>
  )
}
