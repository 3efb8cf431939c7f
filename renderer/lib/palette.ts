import { useSyncExternalStore } from 'react'

type Overlay = 'palette' | 'shortcuts' | null

let shown: Overlay = null
const listeners = new Set<() => void>()
const show = (next: Overlay) => {
  shown = next
  for (const listener of listeners) listener()
}

/** What can be opened over every screen, one at a time. */
export const palette = {
  open: () => show('palette'),
  openShortcuts: () => show('shortcuts'),
  close: () => show(null),
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
}
