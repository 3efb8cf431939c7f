import type { CommandSource } from '#renderer/lib/commands.ts'

export const peopleCommands: CommandSource = ({ access }) =>
  access.mayOwn
    ? [
        {
          id: 'people',
          group: 'Settings',
          label: 'Sign-in links and roles',
          says: 'People',
          also: 'invite revoke support operator owner',
          does: '/people',
        },
      ]
    : []
