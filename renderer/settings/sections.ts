import type { ComponentType } from 'react'
import { DesktopSection } from './desktop-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'

export interface SettingsSection {
  /** A part of the address: `/settings/network`. */
  readonly id: string
  readonly name: string
  readonly forOwners: boolean
  readonly Component: ComponentType
}

/** Every part of the settings, in the order of the list. Each has a file of its own. */
export const SECTIONS: readonly SettingsSection[] = [
  { id: 'notifications', name: 'Notifications', forOwners: false, Component: NotificationsSection },
  { id: 'desktop', name: 'Desktop window', forOwners: true, Component: DesktopSection },
]
