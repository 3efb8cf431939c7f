import type { CommandSource } from '#renderer/lib/commands.ts'

export const plansCommands: CommandSource = ({ site, access, acts }) =>
  site && access.mayAct
    ? [
        {
          id: 'new purge',
          group: 'Do',
          label: 'New purge…',
          says: 'From pasted paths or addresses',
          also: 'plan invalidate',
          does: acts.newPurge,
        },
        {
          id: 'purge everything',
          group: 'Do',
          label: 'Purge everything…',
          says: 'For incidents: says first what filling the edge again takes',
          does: acts.purgeEverything,
        },
      ]
    : []
