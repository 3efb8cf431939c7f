import { session, shell } from 'electron'
import type { Shell } from '../platform/shell-port.ts'

/** What the core asks of this shell. Chromium knows the system's proxy, its scripts and their exceptions. */
export function desktopShell(): Shell {
  return {
    askSystem: (address) => session.defaultSession.resolveProxy(address),
    async openFolder(folder) {
      const problem = await shell.openPath(folder)
      if (problem !== '') throw new Error(problem)
    },
  }
}
