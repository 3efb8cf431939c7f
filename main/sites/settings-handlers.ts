import { os } from '#main/platform/rpc.ts'
import type { SiteChanges } from './change-site.ts'
import type { Removals } from './removal.ts'
import { readSettingsFromDisk } from './settings-from-disk.ts'
import type { Transfer } from './transfer.ts'

export interface SettingsWorld {
  readonly siteChanges: SiteChanges
  readonly removals: Removals
  readonly transfer: Transfer
  siteIds(): readonly string[]
  readonly stopped: AbortSignal
}

export function settingsHandlers({ siteChanges, removals, transfer, siteIds, stopped }: SettingsWorld) {
  return os.siteSettings.router({
    get: os.siteSettings.get.handler(({ input }) => siteChanges.read(input.siteId)),
    test: os.siteSettings.test.handler(({ input }) => siteChanges.test(input.siteId, input.settings)),
    change: os.siteSettings.change.handler(({ input, context }) =>
      siteChanges.change(input.siteId, input.settings, input.despite, context.person),
    ),
    lacking: os.siteSettings.lacking.handler(async () => {
      const found = await Promise.all(
        siteIds().map(async (siteId) => ({
          siteId,
          what: (await siteChanges.secrets(siteId)).filter(({ needed, stored }) => needed && !stored).map(({ what }) => what),
        })),
      )
      return found.filter(({ what }) => what.length > 0)
    }),
    previewRemoval: os.siteSettings.previewRemoval.handler(({ input }) => removals.preview(input.siteId)),
    removed: os.siteSettings.removed.handler(() => removals.list()),
    restore: os.siteSettings.restore.handler(async ({ input, context }) => {
      await removals.restore(input.removedId, context.person)
      return { siteId: input.removedId }
    }),
    erase: os.siteSettings.erase.handler(async ({ input, context }) => {
      await removals.erase(input.removedId, context.person)
      return { erased: true }
    }),
    export: os.siteSettings.export.handler(({ input }) => transfer.write(input.siteIds)),
    readFile: os.siteSettings.readFile.handler(({ input, signal }) =>
      readSettingsFromDisk(input.path, signal ? AbortSignal.any([signal, stopped]) : stopped),
    ),
    previewImport: os.siteSettings.previewImport.handler(({ input }) => transfer.preview(input.text)),
    import: os.siteSettings.import.handler(({ input, context }) => transfer.read(input.text, context.person)),
  })
}
