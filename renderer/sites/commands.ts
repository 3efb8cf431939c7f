import type { CommandSource } from '#renderer/lib/commands.ts'

export const sitesCommands: CommandSource = ({ access }) =>
  access.mayOwn ? [{ id: 'add site', group: 'Do', label: 'Add site…', says: 'Sites', also: 'new', does: '/sites?add=site' }] : []
