import {
  IconActivity,
  IconBolt,
  IconFiles,
  IconHammer,
  IconHelpCircle,
  IconHome,
  IconKey,
  IconSettings,
  IconTags,
  IconUsers,
  IconWallet,
  IconWebhook,
  IconWorld,
  type Icon,
} from '@tabler/icons-react'
import type { ShortcutId } from '#renderer/lib/shortcuts.ts'

export interface ScreenLink {
  readonly to: string
  readonly name: string
  readonly icon: Icon
  readonly shortcut: ShortcutId
  /** Below the line of the rail. */
  readonly aside?: true
  readonly ownersOnly?: true
}

/** The screens as the rail, the palette and the shortcuts name them. */
export const SCREEN_LINKS: readonly ScreenLink[] = [
  { to: '/home', name: 'Home', icon: IconHome, shortcut: 'go.home' },
  { to: '/pages', name: 'Pages', icon: IconFiles, shortcut: 'go.pages' },
  { to: '/tags', name: 'Tags', icon: IconTags, shortcut: 'go.tags' },
  { to: '/purges', name: 'Purges', icon: IconBolt, shortcut: 'go.purges' },
  { to: '/budget', name: 'Budget', icon: IconWallet, shortcut: 'go.budget' },
  { to: '/builds', name: 'Builds', icon: IconHammer, shortcut: 'go.builds' },
  { to: '/hooks', name: 'Hooks', icon: IconWebhook, shortcut: 'go.hooks' },
  { to: '/activity', name: 'Activity', icon: IconActivity, shortcut: 'go.activity' },
  { to: '/why', name: 'Why?', icon: IconHelpCircle, shortcut: 'go.why', aside: true },
  { to: '/sites', name: 'Sites', icon: IconWorld, shortcut: 'go.sites', aside: true },
  { to: '/credentials', name: 'Credentials', icon: IconKey, shortcut: 'go.credentials', aside: true, ownersOnly: true },
  { to: '/people', name: 'People', icon: IconUsers, shortcut: 'go.people', aside: true, ownersOnly: true },
  { to: '/settings', name: 'Settings', icon: IconSettings, shortcut: 'go.settings', aside: true },
]
