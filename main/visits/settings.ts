import { VisitSettings } from '#shared/visits.ts'
import type { Database } from '#main/platform/database.ts'

const USUAL: VisitSettings = { everyMinutes: 5 }

/** How often visits of a page count, for each site. */
export interface VisitSettingsStore {
  read(siteId: string): VisitSettings
  save(siteId: string, settings: VisitSettings): void
}

export function createVisitSettings({ raw }: Pick<Database, 'raw'>): VisitSettingsStore {
  const select = raw.prepare<[string], { everyMinutes: number }>(
    'SELECT every_minutes AS everyMinutes FROM visit_settings WHERE site_id = ?',
  )
  const write = raw.prepare(`INSERT INTO visit_settings (site_id, every_minutes) VALUES (?, ?)
    ON CONFLICT (site_id) DO UPDATE SET every_minutes = excluded.every_minutes`)
  return {
    read: (siteId) => VisitSettings.safeParse(select.get(siteId)).data ?? USUAL,
    save: (siteId, { everyMinutes }) => void write.run(siteId, everyMinutes),
  }
}
