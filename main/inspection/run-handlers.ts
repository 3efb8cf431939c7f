import type { CheckSettings } from '#shared/inspection-runs.ts'
import { os } from '#main/platform/rpc.ts'
import type { CheckSettingsStore } from './check-settings.ts'
import type { Runs } from './runs.ts'

export interface RunHandlersWorld {
  readonly runs: Runs
  readonly settings: CheckSettingsStore
  /** The work thread reads how hard a site may be asked. */
  setPace(siteId: string): Promise<unknown>
  showFirst(siteId: string, pageIds: readonly number[]): Promise<unknown>
  readonly changed: () => void
}

export function runHandlers({ runs, settings, setPace, showFirst, changed }: RunHandlersWorld) {
  const settingsOf = (siteId: string): CheckSettings & { nextAtMs: number | null } => ({
    ...settings.read(siteId),
    nextAtMs: settings.nextAtMs(siteId),
  })
  return {
    startRun: os.inspection.startRun.handler(({ input, context }) =>
      runs.start(input.siteId, input.selection, input.rendersAtMost, context.person),
    ),
    pauseRun: os.inspection.pauseRun.handler(({ input }) => runs.pause(input.runId)),
    resumeRun: os.inspection.resumeRun.handler(({ input }) => runs.resume(input.runId, input.rendersAtMost)),
    cancelRun: os.inspection.cancelRun.handler(({ input }) => runs.cancel(input.runId)),
    latestRun: os.inspection.latestRun.handler(({ input }) => runs.latest(input.siteId)),
    showFirst: os.inspection.showFirst.handler(async ({ input }) => {
      if (runs.latest(input.siteId)?.state !== 'running') return { first: 0 }
      await showFirst(input.siteId, input.pageIds)
      return { first: input.pageIds.length }
    }),
    settings: os.inspection.settings.handler(({ input }) => settingsOf(input.siteId)),
    saveSettings: os.inspection.saveSettings.handler(async ({ input }) => {
      settings.save(input.siteId, input.settings)
      await setPace(input.siteId)
      changed()
      return settingsOf(input.siteId)
    }),
  }
}
