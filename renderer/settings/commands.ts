import type { CommandSource } from '#renderer/lib/commands.ts'
import { palette } from '#renderer/lib/palette.ts'

export const settingsCommands: CommandSource = () => [
  {
    id: 'appearance',
    group: 'Settings',
    label: 'Appearance…',
    says: 'Light or dark, height of rows, motion',
    also: 'theme colours density compact dark light system',
    does: palette.openAppearance,
  },
]
