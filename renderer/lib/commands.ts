import * as z from 'zod'
import type { Site } from '#shared/sites.ts'
import type { Access } from './access.ts'
import type { Acts } from './acts.ts'
import type { ShortcutId } from './shortcuts.ts'

/** The order in which the palette shows them. What has to be looked for first comes last, so that it moves nothing. */
export const COMMAND_GROUPS = [
  'Asked now',
  'Recent',
  'On this screen',
  'Do',
  'Go to',
  'Sites',
  'Settings',
  'Reasons',
  'Pages',
  'Tags',
  'Views',
  'Purges',
  'Builds',
] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

/** Something that the palette offers by its words. */
export interface Command {
  /** The same thing has the same id at another time, so that it can be remembered. */
  readonly id: string
  readonly group: CommandGroup
  readonly label: string
  readonly says?: string
  /** Other words for it. */
  readonly also?: string
  readonly shortcut?: ShortcutId
  /** An address of the panel, or what is done. */
  readonly does: string | (() => void)
}

/** What commands are made of: who is at the panel, where, and what can be done. */
export interface CommandTools {
  readonly site: Site | null
  readonly access: Access
  readonly acts: Acts
}

/** A feature's commands. It leaves out what this person or this site may not do. */
export type CommandSource = (tools: CommandTools) => readonly Command[]

const IN_A_GROUP = 8

/** How well a command fits words in small letters: the lower the better; null when a word is nowhere in it. */
function rankOf(command: Command, words: readonly string[]): number | null {
  const label = command.label.toLowerCase()
  const all = `${label} ${command.says ?? ''} ${command.also ?? ''} ${command.group}`.toLowerCase()
  if (!words.every((word) => all.includes(word))) return null
  const [first = ''] = words
  if (label.startsWith(first)) return 0
  if (label.includes(` ${first}`)) return 1
  return label.includes(first) ? 2 : 3
}

/** The commands that a text means, group by group, those that fit best first in each. */
export function commandsFor(text: string, commands: readonly Command[]): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return COMMAND_GROUPS.flatMap((group) =>
    commands
      .filter((command) => command.group === group)
      .flatMap((command) => {
        const rank = group === 'Asked now' ? 0 : rankOf(command, words)
        return rank === null ? [] : [{ command, rank }]
      })
      .sort((a, b) => a.rank - b.rank)
      .slice(0, words.length === 0 ? undefined : IN_A_GROUP)
      .map(({ command }) => command),
  )
}

/** Something that was done before. What has an address can be offered again without being looked for. */
export const RecentCommand = z.object({
  id: z.string(),
  label: z.string(),
  says: z.string().optional(),
  to: z.string().startsWith('/').nullable(),
})
export type RecentCommand = z.infer<typeof RecentCommand>

const RECENT_KEPT = 6

/** What was done last, the newest first, with one more. A question of the moment is none of it. */
export function withRecent(recent: readonly RecentCommand[], { id, group, label, says, does }: Command): RecentCommand[] {
  if (group === 'Asked now') return [...recent]
  const to = typeof does === 'string' ? does : null
  const newest: RecentCommand = { id, label, to, ...(says === undefined ? {} : { says }) }
  return [newest, ...recent.filter((other) => other.id !== id)].slice(0, RECENT_KEPT)
}

/** What was done last and can be done now, above all the rest. */
export function recentFirst(commands: readonly Command[], recent: readonly RecentCommand[]): Command[] {
  const lately = recent.flatMap(({ id, label, says, to }): Command[] => {
    const known = commands.find((command) => command.id === id)
    if (known) return [{ ...known, group: 'Recent' }]
    return to === null ? [] : [{ id, group: 'Recent', label, does: to, ...(says === undefined ? {} : { says }) }]
  })
  const again = new Set(lately.map(({ id }) => id))
  return [...lately, ...commands.filter(({ id }) => !again.has(id))]
}
