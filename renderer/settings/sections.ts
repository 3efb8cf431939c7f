import type { ComponentType } from 'react'
import { AboutSection } from './about-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { DataSection } from './data-section.tsx'
import { DesktopSection } from './desktop-section.tsx'
import { NetworkSection } from './network-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'

export interface SettingsSection {
  /** A part of the address: `/settings/network`. */
  readonly id: string
  readonly name: string
  /** Other words by which the palette finds it. */
  readonly also: string
  readonly forOwners: boolean
  readonly Component: ComponentType
}

/** Every part of the settings, in the order of the list. Each has a file of its own. */
export const SECTIONS: readonly SettingsSection[] = [
  {
    id: 'appearance',
    name: 'Appearance',
    also: 'theme colours density compact dark light system motion',
    forOwners: false,
    Component: AppearanceSection,
  },
  {
    id: 'notifications',
    name: 'Notifications',
    also: 'told messages sound quiet',
    forOwners: false,
    Component: NotificationsSection,
  },
  {
    id: 'desktop',
    name: 'Desktop window',
    also: 'tray closing quit updates version',
    forOwners: true,
    Component: DesktopSection,
  },
  { id: 'network', name: 'Network', also: 'proxy certificates CA offline', forOwners: true, Component: NetworkSection },
  {
    id: 'data',
    name: 'Data and logs',
    also: 'backup database folder diagnostics bundle',
    forOwners: true,
    Component: DataSection,
  },
  { id: 'about', name: 'About', also: 'version licences packages', forOwners: false, Component: AboutSection },
]
