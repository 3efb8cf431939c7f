import type { AppUpdater } from 'electron-updater'
import type { DesktopSettings, UpdateState } from '#shared/desktop.ts'
import type { Log } from '../platform/log.ts'

export interface UpdatesParts {
  /** Whether this package is signed: an unsigned one could be replaced by anybody's. */
  readonly signed: boolean
  readonly settings: { now(): DesktopSettings; onChange(listener: (settings: DesktopSettings) => void): void }
  readonly log: Log
  /** Hears every change of the state. */
  readonly tell: (state: UpdateState) => void
  /** Ends the program as a person who quits it does, with this as its last act. */
  readonly quit: (last: () => void) => void
}

export interface Updates {
  check(): Promise<void>
  /** Installs what was fetched; asks about queued work first. Does nothing while there is nothing. */
  restart(): void
}

const EVERY_MS = 6 * 3_600_000
const UNSIGNED = 'Updates: off – this build is not signed. Install a newer version yourself when there is one.'
const SWITCHED_OFF = 'Updates: off. Switch them on to have new versions looked for.'
const FAILED = 'The newest version could not be looked up or fetched. It is tried again in 6 hours; the log has the details.'

/** Looks for newer versions and fetches them, where this package may be replaced. Nothing is installed by itself. */
export function followUpdates({ signed, settings, log, tell, quit }: UpdatesParts): Updates {
  let state: UpdateState = { kind: 'idle' }
  let loaded: Promise<AppUpdater> | null = null
  const enter = (next: UpdateState): void => {
    state = next
    tell(next)
  }
  const whyOff = (): string | null => (!signed ? UNSIGNED : settings.now().updates ? null : SWITCHED_OFF)
  const load = (): Promise<AppUpdater> => (loaded ??= loadUpdater(enter, log))

  async function check(): Promise<void> {
    const why = whyOff()
    if (why !== null) return enter({ kind: 'off', why })
    if (state.kind === 'checking' || state.kind === 'fetching' || state.kind === 'ready') return
    enter({ kind: 'checking' })
    try {
      const updater = await load()
      updater.channel = settings.now().channel
      // Choosing a channel would allow an older version as well.
      updater.allowDowngrade = false
      await updater.checkForUpdates()
    } catch (error) {
      log.warn({ err: error }, 'updates')
      enter({ kind: 'failed', why: FAILED })
    }
  }

  settings.onChange(() => void check())
  setInterval(() => void check(), EVERY_MS).unref()
  void check()
  return {
    check,
    restart() {
      if (state.kind !== 'ready') return
      void load().then((updater) => quit(() => updater.quitAndInstall()))
    },
  }
}

/** Loaded when it is first needed: most starts never do. */
async function loadUpdater(enter: (state: UpdateState) => void, log: Log): Promise<AppUpdater> {
  const { autoUpdater } = (await import('electron-updater')).default
  autoUpdater.autoInstallOnAppQuit = false
  autoUpdater.logger = null
  let version = ''
  autoUpdater.on('update-not-available', () => enter({ kind: 'newest', atMs: Date.now() }))
  autoUpdater.on('update-available', (update) => {
    version = update.version
    enter({ kind: 'fetching', version, percent: 0 })
  })
  autoUpdater.on('download-progress', ({ percent }) => enter({ kind: 'fetching', version, percent: Math.round(percent) }))
  autoUpdater.on('update-downloaded', (update) => enter({ kind: 'ready', version: update.version }))
  autoUpdater.on('error', (error) => {
    log.warn({ err: error }, 'updates')
    enter({ kind: 'failed', why: FAILED })
  })
  return autoUpdater
}
