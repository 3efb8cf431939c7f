import type { CommandSource } from '#renderer/lib/commands.ts'
import { SECTIONS } from './sections.ts'

export const settingsCommands: CommandSource = ({ access }) =>
  SECTIONS.filter(({ forOwners }) => !forOwners || access.mayOwn).map(({ id, name, also }) => ({
    id: `settings ${id}`,
    group: 'Settings',
    label: name,
    also,
    does: `/settings/${id}`,
  }))
