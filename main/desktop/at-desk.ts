import type { Tray } from 'electron'
import type { DesktopReport } from '#shared/desktop.ts'
import type { Log } from '../platform/log.ts'
import type { Desk } from './desk.ts'
import { notify } from './notify.ts'
import type { Folders } from './open-folder.ts'
import type { Settings } from './settings.ts'
import { SIGNED_BUILD } from './signed-build.ts'
import { noTrayBecause } from './tray-host.ts'
import { showTray } from './tray.ts'
import { followUpdates } from './updates.ts'

export interface AtDeskParts {
  readonly desk: Desk
  readonly settings: Settings
  readonly log: Log
  readonly icons: string
  readonly open: (route: string) => void
  readonly openFolder: (which: keyof Folders) => void
  readonly quit: (last?: () => void) => void
}

export interface AtDesk {
  hasTray(): boolean
}

/** Everything of Frostline outside of its window: tray, notifications, updates, and what people wish of it. */
export async function beAtDesk({ desk, settings, log, icons, open, openFolder, quit }: AtDeskParts): Promise<AtDesk> {
  const report: { -readonly [Key in keyof DesktopReport]: DesktopReport[Key] } = {
    noTrayBecause: await noTrayBecause(),
    updates: { kind: 'idle' },
  }
  const { client } = desk
  const failed = (error: unknown): void => log.warn({ err: error }, 'the window could not tell of itself')
  const tell = (): void => void client.desktop.report(report).catch(failed)
  // Kept by whoever holds this: a tray that is collected leaves the screen.
  const tray: Tray | null = report.noTrayBecause === null ? showTray({ desk, log, icons, open }) : null
  const updates = followUpdates({
    signed: SIGNED_BUILD,
    settings,
    log,
    quit,
    tell(state) {
      report.updates = state
      tell()
    },
  })
  desk.hear(
    (signal) => client.notices.listen(undefined, { signal }),
    (notice) => notify(notice, open),
  )
  desk.hear(
    (signal) => client.desktop.wishes(undefined, { signal }),
    ({ wish }) => {
      if (wish === 'check-for-updates') void updates.check()
      if (wish === 'restart-to-update') updates.restart()
      if (wish === 'open-data-folder') openFolder('data')
    },
  )
  tell()
  return { hasTray: () => tray !== null }
}
