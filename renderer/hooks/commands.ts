import type { CommandSource } from '#renderer/lib/commands.ts'

export const hooksCommands: CommandSource = ({ site }) =>
  site
    ? [
        {
          id: 'deliveries',
          group: 'Go to',
          label: 'Deliveries, sources and rules',
          says: 'Hooks',
          also: 'webhook contentful sanity github',
          does: '/hooks',
        },
      ]
    : []
