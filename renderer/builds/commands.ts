import type { CommandSource } from '#renderer/lib/commands.ts'

export const buildsCommands: CommandSource = ({ site, access, acts }) =>
  site && access.mayAct && site.builder
    ? [
        {
          id: 'rebuild',
          group: 'Do',
          label: 'Rebuild now',
          says: 'Makes the whole site new',
          also: 'build deploy',
          does: acts.rebuild,
        },
      ]
    : []
