import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react'
import type { Command } from './commands.ts'

/** Commands of what is on screen now, by whatever offers them. */
let offered: ReadonlyMap<symbol, readonly Command[]> = new Map()
const listeners = new Set<() => void>()

function put(key: symbol, commands: readonly Command[] | null): void {
  const next = new Map(offered)
  if (commands === null) next.delete(key)
  else next.set(key, commands)
  offered = next
  for (const listener of listeners) listener()
}

type ScreenCommand = Omit<Command, 'group'> & { readonly does: () => void }

/** Has the palette offer these while the component is on screen. Their words decide whether they are the same as before. */
export function useScreenCommands(commands: readonly ScreenCommand[]): void {
  const run = useEffectEvent((id: string) => commands.find((command) => command.id === id)?.does())
  const words = JSON.stringify(commands.map(({ does: _does, ...rest }) => rest))
  useEffect(() => {
    const key = Symbol('screen')
    const told = JSON.parse(words) as Omit<ScreenCommand, 'does'>[]
    put(
      key,
      told.map((command): Command => ({ ...command, group: 'On this screen', does: () => run(command.id) })),
    )
    return () => put(key, null)
  }, [words])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What the screen and its panel offer now. */
export function useOfferedCommands(): readonly Command[] {
  const all = useSyncExternalStore(subscribe, () => offered)
  return useMemo(() => [...all.values()].flat(), [all])
}
