import type { ComponentType } from 'react'
import { AboutSection } from './about-section.tsx'
import { DataSection } from './data-section.tsx'
import { NetworkSection } from './network-section.tsx'

export interface SettingsSection {
  /** A part of the address: `/settings/network`. */
  readonly id: string
  readonly name: string
  readonly forOwners: boolean
  readonly Component: ComponentType
}

/** Every part of the settings, in the order of the list. Each has a file of its own. */
export const SECTIONS: readonly SettingsSection[] = [
  { id: 'network', name: 'Network', forOwners: true, Component: NetworkSection },
  { id: 'data', name: 'Data and logs', forOwners: true, Component: DataSection },
  { id: 'about', name: 'About', forOwners: false, Component: AboutSection },
]
