import type { CommandSource } from '#renderer/lib/commands.ts'

export const discoveryCommands: CommandSource = ({ site, access, acts }) =>
  site && access.mayAct
    ? [
        {
          id: 'find pages',
          group: 'Do',
          label: 'Find pages…',
          says: 'From sitemaps, a crawl, a list or a build',
          also: 'discover import',
          does: acts.findPages,
        },
      ]
    : []
