import { useContext, useMemo } from 'react'
import type { Site } from '#shared/sites.ts'
import { automationCommand, useAutomation } from '#renderer/automation/commands.ts'
import { budgetCommands } from '#renderer/budget/commands.ts'
import { buildsCommands } from '#renderer/builds/commands.ts'
import { diagnosisCommands } from '#renderer/diagnosis/commands.ts'
import { discoveryCommands } from '#renderer/discovery/commands.ts'
import { hooksCommands } from '#renderer/hooks/commands.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import type { Command, CommandSource } from '#renderer/lib/commands.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { palette } from '#renderer/lib/palette.ts'
import { useOfferedCommands } from '#renderer/lib/screen-commands.ts'
import { pagesCommands } from '#renderer/pages/commands.ts'
import { peopleCommands } from '#renderer/people/commands.ts'
import { plansCommands } from '#renderer/plans/commands.ts'
import { settingsCommands } from '#renderer/settings/commands.ts'
import { sitesCommands } from '#renderer/sites/commands.ts'
import { tagsCommands } from '#renderer/tags/commands.ts'
import { SCREEN_LINKS } from './screen-links.ts'

/** What each feature can do, in the order in which it is offered. */
const SOURCES: readonly CommandSource[] = [
  buildsCommands,
  plansCommands,
  tagsCommands,
  pagesCommands,
  discoveryCommands,
  budgetCommands,
  hooksCommands,
  sitesCommands,
  peopleCommands,
  settingsCommands,
  diagnosisCommands,
]

/** Everything that needs no looking for. */
export function useAllCommands(sites: readonly Site[], onChooseSite: (siteId: string) => void): readonly Command[] {
  const site = useContext(CurrentSite)
  const acts = useActs()
  const access = useAccess()
  const offered = useOfferedCommands()
  const automation = useAutomation()
  return useMemo(() => {
    const tools = { site, acts, access }
    return [
      ...offered,
      ...SCREEN_LINKS.filter(({ ownersOnly }) => !ownersOnly || access.mayOwn).map(({ to, name, shortcut }): Command => ({
        id: `go ${to}`,
        group: 'Go to',
        label: name,
        shortcut,
        does: to,
      })),
      ...SOURCES.flatMap((source) => source(tools)),
      ...automationCommand(tools, automation),
      {
        id: 'shortcuts',
        group: 'Settings',
        label: 'Show all shortcuts',
        also: 'keyboard keys help',
        shortcut: 'overview',
        does: palette.openShortcuts,
      },
      ...sites
        .filter((other) => other.id !== site?.id)
        .map((other): Command => ({
          id: `site ${other.id}`,
          group: 'Sites',
          label: `Go to ${other.name}`,
          says: other.zones[0]?.host ?? '',
          does: () => onChooseSite(other.id),
        })),
    ]
  }, [site, acts, access, offered, automation, sites, onChooseSite])
}
