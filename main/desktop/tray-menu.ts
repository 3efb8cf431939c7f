import type { MenuItemConstructorOptions } from 'electron'

/** A site as the tray tells of it. */
export interface TraySite {
  readonly id: string
  readonly name: string
  readonly oldCopies: number
  readonly building: boolean
  readonly canBuild: boolean
  /** Of the month's free items; null where nothing is charged. */
  readonly budgetPercent: number | null
}

export interface TrayState {
  readonly sites: readonly TraySite[]
  readonly paused: boolean
}

export interface TrayActs {
  readonly open: (route: string) => void
  readonly rebuild: (site: TraySite) => void
  readonly setPaused: (paused: boolean) => void
  readonly quit: () => void
}

const count = (copies: number): string => (copies === 1 ? '1 old copy' : `${copies.toLocaleString('en-US')} old copies`)

/** How a site stands, in a few words: what is wrong first. */
export function siteWords({ oldCopies, building, budgetPercent }: TraySite): string {
  const words = [
    oldCopies === 0 ? 'no old copies' : count(oldCopies),
    ...(building ? ['build running'] : []),
    ...(budgetPercent === null ? [] : [`${budgetPercent} % of the free items used`]),
  ]
  return words.join(' · ')
}

/** What the icon says while a pointer rests on it. */
export function trayTip({ sites, paused }: TrayState): string {
  const old = sites.reduce((sum, site) => sum + site.oldCopies, 0)
  return `Frostline: ${old === 0 ? 'no old copies' : count(old)}${paused ? ', automation paused' : ''}`
}

/** The tray's menu: each site with its state and what can be done for it, then Frostline itself. */
export function trayMenu({ sites, paused }: TrayState, acts: TrayActs): MenuItemConstructorOptions[] {
  const ofSite = (site: TraySite): MenuItemConstructorOptions => {
    const at = `site=${encodeURIComponent(site.id)}`
    return {
      label: `${plain(site.name)}: ${siteWords(site)}`,
      submenu: [
        { label: 'Open', click: () => acts.open(`/home?${at}`) },
        { label: 'Old copies', enabled: site.oldCopies > 0, click: () => acts.open(`/pages?freshness=outdated&${at}`) },
        { label: 'Rebuild', enabled: site.canBuild && !site.building, click: () => acts.rebuild(site) },
      ],
    }
  }
  return [
    ...(sites.length === 0 ? [{ label: 'No site yet', enabled: false }] : sites.map(ofSite)),
    { type: 'separator' },
    { label: 'Open Frostline', click: () => acts.open('/') },
    {
      label: 'Pause all automation',
      type: 'checkbox',
      checked: paused,
      click: ({ checked }) => acts.setPaused(checked),
    },
    { type: 'separator' },
    { label: 'Quit', click: acts.quit },
  ]
}

/** In a menu `&` would underline the letter after it. */
const plain = (name: string): string => name.replaceAll('&', '&&')
