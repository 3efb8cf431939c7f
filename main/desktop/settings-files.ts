import { isAbsolute } from 'node:path'
import { app } from 'electron'
import { EXPORT_ENDING } from '#shared/settings-file.ts'

/** A path that no system allows is none. */
const LONGEST = 4_000

/** The last of a program's arguments that is a file of settings: a double click starts the program with it. */
export function settingsFileAmong(args: readonly string[]): string | null {
  // The first one is the program itself.
  return args.slice(1).findLast(isSettingsFile) ?? null
}

/** The path of the panel that shows what a file of settings would do; the core reads it. Null for any other file. */
export function importRouteOf(path: string): string | null {
  return isSettingsFile(path) ? `/sites?${new URLSearchParams({ import: 'settings', file: path }).toString()}` : null
}

/** On a Mac a file is handed over by an event, which may come before Electron is ready. */
export function onOpenFile(take: (path: string) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault()
    take(path)
  })
}

function isSettingsFile(path: string): boolean {
  return path.length <= LONGEST && isAbsolute(path) && path.toLowerCase().endsWith(`.${EXPORT_ENDING}`)
}
