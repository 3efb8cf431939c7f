import type { AutomationPause } from '#shared/automation.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

/** Whether what runs by itself may run: whoever does something without a person asks here first, and is told of changes. */
export interface Automation {
  paused(): boolean
  pause(): AutomationPause
  /** Kept over restarts, with who did it. Answers false when it is so already. */
  setPaused(paused: boolean, by: string): boolean
  onChange(listener: (paused: boolean) => void): void
}

export function createAutomation(db: Database, changes: Changes, clock: Clock): Automation {
  const last = db.raw.prepare<[], { at: number; by: string; paused: number }>(
    'SELECT at, by, paused FROM automation_pauses ORDER BY id DESC LIMIT 1',
  )
  const insert = db.raw.prepare('INSERT INTO automation_pauses (at, by, paused) VALUES (?, ?, ?)')
  const listeners = new Set<(paused: boolean) => void>()
  let now = last.get()
  const paused = () => now?.paused === 1
  return {
    paused,
    pause: () => (now?.paused === 1 ? { atMs: now.at, by: now.by } : null),
    setPaused(wanted, by) {
      if (paused() === wanted) return false
      insert.run(clock(), by, wanted ? 1 : 0)
      now = last.get()
      changes.tell('automation')
      for (const listener of listeners) listener(wanted)
      return true
    },
    onChange: (listener) => void listeners.add(listener),
  }
}
