import { setTimeout as sleep } from 'node:timers/promises'
import type { Identity } from '../core-protocol.ts'
import { openAppWindow, type AppWindow } from './app-window.ts'
import { findBrowser, whyNoWindow, type Machine } from './browsers.ts'
import type { OpenAgain } from './open-request.ts'
import type { PanelServer } from './panel-server.ts'
import type { Terminal } from './terminal.ts'

export interface WindowsOptions {
  readonly dataFolder: string
  readonly server: PanelServer
  readonly identity: Identity
  readonly terminal: Terminal
  readonly machine: Machine
}

/** The panel's windows: opened by us where a browser can, else by the person with a printed address. */
export interface Windows {
  /** Shows the first window, or prints an address. Settles when a window of ours was used and all pages are closed. */
  openFirst(window: boolean): Promise<void>
  openAgain: OpenAgain
  printAddress(): void
  /** Closes what was opened here. */
  close(): void
}

const SIGN_IN_MS = 20_000
const QUIET_MS = 2_000
const LOOK_MS = 250

export function createWindows({ dataFolder, server, identity, terminal, machine }: WindowsOptions): Windows {
  const why = whyNoWindow(machine)
  const browser = why ? null : findBrowser(machine)
  const address = (onUsed?: () => void): string => server.signInAddress(identity, onUsed)
  const printAddress = (): void => terminal.say(`Open within 60 seconds, once: ${address()}`)
  const more = terminal.interactive ? 'Enter prints a new address' : 'A second start prints a new address'
  const opened: AppWindow[] = []

  async function open(program: string): Promise<AppWindow> {
    const window = await openAppWindow({ browser: program, dataFolder, signInAddress: address })
    opened.push(window)
    return window
  }

  /** Whoever opens the panel by an address also decides when the program ends. */
  function leaveToThePerson(): Promise<never> {
    printAddress()
    terminal.say(`${more}. Ctrl+C ends Frostline.`)
    return new Promise(() => undefined)
  }

  async function openFirst(window: boolean): Promise<void> {
    if (!window || !browser) {
      if (window)
        terminal.say(`No window: ${why ?? 'no Chromium, Chrome or Edge is installed'}. Open the panel in a browser yourself.`)
      return leaveToThePerson()
    }
    const shown = await open(browser)
    const signedIn = await Promise.race([shown.signedIn, sleep(SIGN_IN_MS, false, { ref: false })])
    if (!signedIn) {
      terminal.say('The window did not open the panel.')
      return leaveToThePerson()
    }
    terminal.say(`Frostline is open in a window of its own; closing it ends Frostline. ${more}.`)
    await shown.gone
    await allPagesClosed()
  }

  /** A page that is loaded again is away for a moment; a browser may have handed the window to one that ran already. */
  async function allPagesClosed(): Promise<void> {
    for (let quietMs = 0; quietMs < QUIET_MS; quietMs += LOOK_MS) {
      await sleep(LOOK_MS)
      if (server.pages() > 0) quietMs = 0
    }
  }

  return {
    openFirst,
    printAddress,
    close: () => opened.forEach((window) => window.close()),
    async openAgain({ print }) {
      if (print || !browser) return { done: 'address', address: address() }
      const shown = await open(browser)
      const signedIn = await Promise.race([shown.signedIn, sleep(SIGN_IN_MS / 4, false, { ref: false })])
      return signedIn ? { done: 'window' } : { done: 'address', address: address() }
    },
  }
}
