import type { CommandSource } from '#renderer/lib/commands.ts'

export const tagsCommands: CommandSource = ({ site, access, acts }) =>
  site && access.mayAct
    ? [
        {
          id: 'mark',
          group: 'Do',
          label: 'Mark as changed…',
          says: 'A tag whose content has changed',
          does: () => acts.markAsChanged(null),
        },
      ]
    : []
