import type { Raw } from '#main/platform/database.ts'

/** Where deliveries arrive and how long they are kept; one for all sites. */
export interface HookSettings {
  read(): { readonly port: number; readonly publicUrl: string | null; readonly keepDays: number }
  save(next: { readonly port: number; readonly publicUrl: string | null; readonly keepDays: number }): void
  keepPort(port: number): void
}

export function createHookSettings(raw: Raw): HookSettings {
  const read = raw.prepare<[], { port: number; publicUrl: string | null; keepDays: number }>(
    'SELECT port, public_url AS publicUrl, keep_days AS keepDays FROM hook_settings',
  )
  return {
    read: () => read.get() ?? { port: 0, publicUrl: null, keepDays: 30 },
    save: (next) =>
      void raw.prepare('UPDATE hook_settings SET port = @port, public_url = @publicUrl, keep_days = @keepDays').run({ ...next }),
    keepPort: (port) => void raw.prepare('UPDATE hook_settings SET port = ?').run(port),
  }
}
