import type { CommandSource } from '#renderer/lib/commands.ts'

export const sitesCommands: CommandSource = ({ access, site }) =>
  access.mayOwn
    ? [
        { id: 'add site', group: 'Do', label: 'Add site…', says: 'Sites', also: 'new', does: '/sites/new' },
        {
          id: 'import settings',
          group: 'Do',
          label: 'Import settings…',
          says: 'Sites, from a file',
          does: '/sites?import=settings',
        },
        ...(site === null
          ? []
          : [{ id: 'site settings', group: 'Settings', label: `Settings of ${site.name}`, does: `/sites/${site.id}` } as const]),
      ]
    : []
