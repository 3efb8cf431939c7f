import type { MessagePort } from 'node:worker_threads'
import { callsOverPort, serveCalls } from './port-calls.ts'

/** What only the shell can do for the core, beside keeping secrets. */
export interface Shell {
  /** The system's proxy for an address, as its script says it: `PROXY a:3128; DIRECT`. Null where the shell cannot ask. */
  readonly askSystem: ((address: string) => Promise<string>) | null
  /** Shows a folder in the system's file manager. Null where the person may sit at another machine. */
  readonly openFolder: ((folder: string) => Promise<void>) | null
}

/** Of the browser shell: the panel may be open anywhere. */
export const PLAIN_SHELL: Shell = { askSystem: null, openFolder: null }

/** Which of them there are; crosses with the port. */
export interface ShellAbilities {
  readonly asksSystem: boolean
  readonly opensFolders: boolean
}

export const abilitiesOf = ({ askSystem, openFolder }: Shell): ShellAbilities => ({
  asksSystem: askSystem !== null,
  opensFolders: openFolder !== null,
})

export function serveShell(port: MessagePort, shell: Shell): void {
  serveCalls(port, {
    askSystem: async (address = '') => (await shell.askSystem?.(address)) ?? 'DIRECT',
    async openFolder(folder = '') {
      await shell.openFolder?.(folder)
      return null
    },
  })
}

/** The shell at the other end of the port. Calls reject once it is gone. */
export function shellOverPort(port: MessagePort, { asksSystem, opensFolders }: ShellAbilities): Shell {
  const ask = callsOverPort(port, 'The shell is gone.')
  return {
    askSystem: asksSystem ? async (address) => (await ask('askSystem', address)) ?? 'DIRECT' : null,
    openFolder: opensFolders ? async (folder) => void (await ask('openFolder', folder)) : null,
  }
}
