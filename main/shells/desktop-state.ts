import { DesktopSettings, USUAL_DESKTOP, type DesktopReport, type DesktopWish } from '#shared/desktop.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Database } from '#main/platform/database.ts'
import { createTellAll } from '#main/platform/tell-all.ts'

/** How the desktop window should behave, what it told of itself, and what people wish of it. */
export interface DesktopState {
  settings(): DesktopSettings
  save(settings: DesktopSettings): DesktopSettings
  report(): DesktopReport | null
  keepReport(report: DesktopReport): void
  /** Whether there was a window to hear it. */
  wish(wish: DesktopWish): boolean
  wishes(signal: AbortSignal | undefined): AsyncGenerator<{ wish: DesktopWish }, void>
}

export function createDesktopState(db: Database, changes: Changes): DesktopState {
  const stored = db.raw.prepare<[], { settings_json: string }>('SELECT settings_json FROM desktop_settings')
  const store = db.raw.prepare('INSERT OR REPLACE INTO desktop_settings (id, settings_json) VALUES (1, ?)')
  const told = createTellAll<{ wish: DesktopWish }>()
  let report: DesktopReport | null = null
  const settings = (): DesktopSettings => {
    const row = stored.get()
    return row ? DesktopSettings.parse(JSON.parse(row.settings_json)) : USUAL_DESKTOP
  }
  return {
    settings,
    save(wanted) {
      store.run(JSON.stringify(wanted))
      changes.tell('desktop')
      return settings()
    },
    report: () => report,
    keepReport(next) {
      report = next
      changes.tell('desktop')
    },
    wish: (wish) => told.tell({ wish }) > 0,
    wishes: (signal) => told.listen(signal),
  }
}
