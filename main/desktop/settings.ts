import { USUAL_DESKTOP, type DesktopSettings } from '#shared/desktop.ts'
import type { Log } from '../platform/log.ts'
import type { Desk } from './desk.ts'

/** How the window should behave, as the core keeps it. */
export interface Settings {
  now(): DesktopSettings
  save(change: Partial<DesktopSettings>): void
  /** Calls back with them when they are read or changed. */
  onChange(listener: (settings: DesktopSettings) => void): void
}

export function followSettings(desk: Desk, log: Log): Settings {
  let now = USUAL_DESKTOP
  const listeners: ((settings: DesktopSettings) => void)[] = []
  const failed = (error: unknown): void => log.warn({ err: error }, 'settings of the window')
  const read = async (): Promise<void> => {
    const { settings } = await desk.client.desktop.get()
    if (JSON.stringify(settings) === JSON.stringify(now)) return
    now = settings
    for (const listener of listeners) listener(now)
  }
  desk.onChange((topics) => {
    if (topics.includes('desktop')) void read().catch(failed)
  })
  void read().catch(failed)
  return {
    now: () => now,
    save(change) {
      now = { ...now, ...change }
      void desk.client.desktop.save(now).catch(failed)
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
