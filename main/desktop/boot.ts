import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog } from 'electron'
import { startCore, type CoreHandle } from '../core-host.ts'
import type { HeldFolder } from '../platform/data-folder.ts'
import { logFolderOf } from '../platform/data-place.ts'
import { createKnownSecrets, rememberingSecrets } from '../platform/known-secrets.ts'
import { openLog } from '../platform/log.ts'
import { whyItFell } from '../platform/why-it-fell.ts'
import { holdOrOpen } from '../web/hold-or-open.ts'
import { ownerAtThisMachine } from '../web/owner.ts'
import { beAtDesk, type AtDesk } from './at-desk.ts'
import { openDesk } from './desk.ts'
import type { Links } from './links.ts'
import { setMenu } from './menu.ts'
import { folderOpener } from './open-folder.ts'
import { forwardPower } from './power.ts'
import { servePanel } from './protocol.ts'
import { askBeforeQuit } from './quit.ts'
import { relayPorts } from './relay.ts'
import { listenForSecondStarts } from './second-starts.ts'
import { desktopSecrets } from './secrets.ts'
import { secureSessions } from './security.ts'
import { followSettings } from './settings.ts'
import { desktopShell } from './shell.ts'
import { showWhenAsked } from './single-instance.ts'
import { showWindow } from './window.ts'

/** Starts the desktop shell on this data folder, in order. Electron must be ready. */
export async function boot(dataFolder: string, links: Links): Promise<void> {
  const folder = await takeFolder(dataFolder)
  if (!folder) return app.exit(0)
  const known = createKnownSecrets()
  const logFolder = logFolderOf(dataFolder)
  const log = openLog(logFolder, 'shell', known.scrub)
  const preload = besideBundle('../preload/preload.cjs')
  const open = (route?: string): void => void showWindow({ dataFolder, preload }, route)
  const show = (): void => open()

  secureSessions()
  await servePanel(besideBundle('../renderer'))
  const core = await startCore({
    dataFolder,
    log,
    secrets: rememberingSecrets(await desktopSecrets(dataFolder), known),
    shell: desktopShell(),
    version: app.getVersion(),
    demo: process.env['FROSTLINE_DEMO'] !== 'off',
  })
  const owner = ownerAtThisMachine()
  relayPorts(core, owner, log)
  forwardPower(core)
  endWithCore(core, logFolder)
  const resources = app.isPackaged ? process.resourcesPath : app.getAppPath()
  const openFolder = folderOpener({ docs: join(resources, 'docs'), data: dataFolder, logs: logFolder }, log)
  setMenu({ open, openFolder })
  const starts = await listenForSecondStarts(folder, log, show)
  const desk = openDesk(core, owner, log)
  const settings = followSettings(desk, log)
  let atDesk: AtDesk | null = null
  const { quit } = askBeforeQuit({
    core,
    settings,
    hasTray: () => atDesk?.hasTray() ?? false,
    async release() {
      desk.close()
      await starts.close()
      folder.release()
    },
  })
  showWhenAsked(show)
  show()
  links.openWith(open)
  const icons = join(resources, app.isPackaged ? 'icons' : 'resources')
  atDesk = await beAtDesk({ desk, settings, log, icons, open, openFolder, quit })
}

/** The folder, or null when the Frostline that holds it has shown itself instead. */
async function takeFolder(dataFolder: string): Promise<HeldFolder | null> {
  const hold = await holdOrOpen(dataFolder, { print: false })
  if (hold.state === 'held') return hold.folder
  if (hold.state === 'silent') throw new Error(hold.sentence)
  const where = hold.opened.done === 'window' ? 'its window was opened' : `open within 60 seconds, once: ${hold.opened.address}`
  process.stdout.write(`Frostline is running already; ${where}\n`)
  return null
}

/** A panel without a core shows nothing true: say so and end. */
function endWithCore(core: CoreHandle, logFolder: string): void {
  void core.exited.then((error) => {
    if (!error) return
    dialog.showErrorBox('Frostline stopped', whyItFell(error, logFolder))
    app.exit(1)
  })
}

/** The bundle's parts lie at fixed places around the program that runs. */
function besideBundle(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
