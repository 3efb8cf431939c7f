import { setTimeout as sleep } from 'node:timers/promises'
import { app, BrowserWindow, dialog, powerMonitor } from 'electron'
import type { DesktopSettings } from '#shared/desktop.ts'
import type { CoreHandle } from '../core-host.ts'

const ASK_BUSY_MS = 1_000

export interface QuitParts {
  readonly core: Pick<CoreHandle, 'busy' | 'close'>
  /** Lets go of what the shell holds. */
  readonly release: () => Promise<void>
  /** Whether the window can be closed and Frostline found again. */
  readonly hasTray: () => boolean
  readonly settings: { now(): Pick<DesktopSettings, 'closing'>; save(change: Pick<DesktopSettings, 'closing'>): void }
}

export interface Quitting {
  /** Quits as a person who asks for it does, and has `last` end the program. */
  quit(last?: () => void): void
}

type Answer = 'tray' | 'finish' | 'leave' | 'cancel'
/** How a person wants to be rid of Frostline: closing its window, or quitting it. */
type Way = 'close' | 'quit'
const LABELS: Readonly<Record<Answer, string>> = {
  tray: 'Keep in the tray',
  finish: 'Finish, then quit',
  leave: 'Quit and go on at the next start',
  cancel: 'Cancel',
}

/** Asks before work that is queued or running is left, and ends the core before the program. */
export function askBeforeQuit({ core, release, hasTray, settings }: QuitParts): Quitting {
  let state: 'open' | 'asking' | 'finishing' | 'leaving' = 'open'
  const exit = (): void => app.exit(0)
  let end = exit

  async function leave(): Promise<void> {
    if (state === 'leaving') return
    state = 'leaving'
    await core.close()
    await release()
    // The windows were asked already; `exit` closes them without asking again.
    end()
  }

  /** Waits for the work. Another wish to quit meanwhile asks anew, and this wait gives way to it. */
  async function finish(): Promise<void> {
    while ((await core.busy()).length > 0) {
      await sleep(ASK_BUSY_MS)
      if (state !== 'finishing') return
    }
    await leave()
  }

  async function ask(way: Way, work: readonly string[]): Promise<Answer> {
    const { closing } = settings.now()
    if (way === 'close' && closing !== 'ask' && (closing !== 'tray' || hasTray())) return closing
    const answers: Answer[] = [...(hasTray() ? (['tray'] as const) : []), 'finish', 'leave', 'cancel']
    const { response, checkboxChecked } = await dialog.showMessageBox({
      type: 'question',
      message: 'Frostline is still working.',
      detail: `${work.join('\n')}\n\nNothing of it is lost, whatever you choose.`,
      buttons: answers.map((answer) => LABELS[answer]),
      defaultId: 0,
      cancelId: answers.length - 1,
      noLink: true,
      ...(way === 'close' && { checkboxLabel: 'Do this every time, until Settings says otherwise' }),
    })
    const answer = answers[response] ?? 'cancel'
    if (checkboxChecked && answer !== 'cancel') settings.save({ closing: answer })
    return answer
  }

  async function begin(way: Way): Promise<void> {
    if (state === 'asking' || state === 'leaving') return
    state = 'asking'
    const work = await core.busy()
    const answer = work.length === 0 ? 'leave' : await ask(way, work)
    if (answer === 'leave') return leave()
    if (answer !== 'cancel') closeWindows()
    if (answer !== 'finish') {
      state = 'open'
      end = exit
      return
    }
    state = 'finishing'
    await finish()
  }

  app.on('before-quit', (event) => {
    if (state === 'leaving') return
    event.preventDefault()
    void begin('quit')
  })
  app.on('browser-window-created', (_event, window) => {
    window.on('close', (event) => {
      // On a Mac the program stays in the dock without a window, as in a tray; elsewhere the last window is the program.
      if (state === 'leaving' || process.platform === 'darwin' || BrowserWindow.getAllWindows().length > 1) return
      if (settings.now().closing === 'tray' && hasTray()) return
      event.preventDefault()
      void begin('close')
    })
  })
  // Without this the program would end with its last window, also where it stays in the tray or finishes its work.
  app.on('window-all-closed', () => undefined)
  // The system waits for nobody: what is queued is in the database.
  powerMonitor.on('shutdown', () => void leave())
  return {
    quit(last) {
      if (last) end = last
      void begin('quit')
    },
  }
}

/** `destroy` asks nobody again. */
function closeWindows(): void {
  for (const window of BrowserWindow.getAllWindows()) window.destroy()
}
