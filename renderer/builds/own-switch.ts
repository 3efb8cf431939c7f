import { useSyncExternalStore } from 'react'

/** A change of release that was begun in this window, until what came of it has been told. */
export interface OwnSwitch {
  readonly siteId: string
  readonly id: string
}

let own: OwnSwitch | null = null
let idle = false
let watch = new AbortController()
const listeners = new Set<() => void>()
const set = (next: OwnSwitch | null) => {
  own = next
  watch.abort()
  for (const listener of listeners) listener()
}

export const ownSwitch = {
  /** From now on it is heeded whether the person does anything else. */
  begin(siteId: string, id: string): void {
    set({ siteId, id })
    idle = true
    watch = new AbortController()
    for (const act of ['pointerdown', 'keydown'] as const) {
      window.addEventListener(act, () => (idle = false), { capture: true, once: true, signal: watch.signal })
    }
  },
  /** Returns whether the person has done nothing since it began, and so waits for it. */
  end(): boolean {
    set(null)
    return idle
  },
}

export function useOwnSwitch(): OwnSwitch | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => own,
  )
}
