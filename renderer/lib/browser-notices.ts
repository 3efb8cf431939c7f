import { useSyncExternalStore } from 'react'

/** `shell`: the desktop window shows them. `off`: allowed, and not wanted here. */
export type BrowserNotices = 'shell' | 'unsupported' | 'not-asked' | 'refused' | 'off' | 'on'

const WANTED = 'frostline-notices'
const listeners = new Set<() => void>()
const changed = () => listeners.forEach((listener) => listener())

function stateNow(): BrowserNotices {
  if (window.frostline) return 'shell'
  if (!('Notification' in window)) return 'unsupported'
  if (Notification.permission === 'denied') return 'refused'
  if (Notification.permission === 'default') return 'not-asked'
  return localStorage.getItem(WANTED) === 'yes' ? 'on' : 'off'
}

/** Whether this browser shows notifications. */
export function useBrowserNotices(): BrowserNotices {
  return useSyncExternalStore(subscribe, stateNow)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Asks the person, through the browser, and begins when they agree. Only ever from a button. */
export async function askForBrowserNotices(): Promise<void> {
  const answer = await Notification.requestPermission()
  if (answer === 'granted') localStorage.setItem(WANTED, 'yes')
  changed()
}

export function wantBrowserNotices(wanted: boolean): void {
  localStorage.setItem(WANTED, wanted ? 'yes' : 'no')
  changed()
}
