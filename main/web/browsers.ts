import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const PATH_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const MAC_PROGRAMS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/** What decides whether and how a window can be shown. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  /** The numeric user; undefined on Windows. */
  readonly userId: number | undefined
}

export const thisMachine = (): Machine => ({
  platform: process.platform,
  env: process.env,
  userId: process.getuid?.(),
})

/** Why no window, Electron's or a browser's, can be shown here, as half a sentence; null when one can. */
export function whyNoWindow(machine: Machine): string | null {
  if (machine.platform !== 'linux') return null
  if (!machine.env['DISPLAY'] && !machine.env['WAYLAND_DISPLAY']) return 'this machine has no display'
  if (machine.userId === 0) return 'a window needs the sandbox, which root cannot have'
  return null
}

/** The first installed browser that can show an app window, or null. */
export function findBrowser(machine: Machine, isProgram = canRun): string | null {
  return browserPlaces(machine).find(isProgram) ?? null
}

function browserPlaces({ platform, env }: Machine): readonly string[] {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((root) => root !== undefined)
    return WINDOWS_PROGRAMS.flatMap((program) => roots.map((root) => `${root}\\${program}`))
  }
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => PATH_NAMES.map((name) => join(folder, name)))
  if (platform !== 'darwin') return onPath.toSorted((a, b) => rank(a) - rank(b))
  const folders = ['/Applications', join(env['HOME'] ?? '', 'Applications')]
  return [...MAC_PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program))), ...onPath]
}

/** A snap sees neither our profile folder nor our redirect file, so it comes last. */
function rank(path: string): number {
  return path.startsWith('/snap/') ? 1 : 0
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
