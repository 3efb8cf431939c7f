import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Machine } from './web/browsers.ts'

const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** Electron's package folder, or null where development packages were left out. */
export function electronPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
}

/**
 * Electron's program if it is on this machine, or null. Loading the package's own main file would answer the same, but
 * it also downloads, without a time limit.
 */
export function findElectron(folder: string | null, machine: Machine): string | null {
  const program = PROGRAMS[machine.platform] ?? 'electron'
  const elsewhere = machine.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (elsewhere) return existing(join(elsewhere, program))
  if (!folder || installedVersion(folder) !== wantedVersion(folder)) return null
  return existing(join(folder, 'dist', program))
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null
}

/** An archive that was unpacked in part lacks this file or `path.txt`, which the package writes last. */
function installedVersion(folder: string): string | null {
  try {
    readFileSync(join(folder, 'path.txt'))
    return readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
  } catch {
    return null
  }
}

function wantedVersion(folder: string): string | undefined {
  const described: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof described !== 'object' || described === null || !('version' in described)) return undefined
  return String(described.version)
}
