import { setTimeout as sleep } from 'node:timers/promises'
import { app, BrowserWindow, dialog, powerMonitor } from 'electron'
import type { CoreHandle } from '../core-host.ts'

const ASK_BUSY_MS = 1_000
const FINISH = 0
const QUIT = 1
const CANCEL = 2

/** Asks before work that is queued or running is left, and ends the core before the program. */
export function askBeforeQuit(core: Pick<CoreHandle, 'busy' | 'close'>, release: () => Promise<void>): void {
  let state: 'open' | 'asking' | 'finishing' | 'leaving' = 'open'

  async function leave(): Promise<void> {
    if (state === 'leaving') return
    state = 'leaving'
    await core.close()
    await release()
    // The windows were asked already; `exit` closes them without asking again.
    app.exit(0)
  }

  /** Waits for the work. Another wish to quit meanwhile asks anew, and this wait gives way to it. */
  async function finish(): Promise<void> {
    while ((await core.busy()).length > 0) {
      await sleep(ASK_BUSY_MS)
      if (state !== 'finishing') return
    }
    await leave()
  }

  async function ask(): Promise<void> {
    const work = await core.busy()
    if (work.length === 0) return leave()
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: 'Frostline is still working.',
      detail: work.join('\n'),
      buttons: ['Finish first', 'Quit and go on at the next start', 'Cancel'],
      defaultId: FINISH,
      cancelId: CANCEL,
      noLink: true,
    })
    if (response === QUIT) return leave()
    if (response !== FINISH) {
      state = 'open'
      return
    }
    state = 'finishing'
    await finish()
  }

  app.on('before-quit', (event) => {
    if (state === 'leaving') return
    event.preventDefault()
    if (state === 'asking') return
    state = 'asking'
    void ask()
  })
  app.on('browser-window-created', (_event, window) => {
    window.on('close', (event) => {
      // On a Mac the program stays in the dock without a window; elsewhere the last window is the program.
      if (state === 'leaving' || process.platform === 'darwin' || BrowserWindow.getAllWindows().length > 1) return
      event.preventDefault()
      app.quit()
    })
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // The system waits for nobody: what is queued is in the database.
  powerMonitor.on('shutdown', () => void leave())
}
