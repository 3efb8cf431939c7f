import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { _electron as electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronPackage, findElectron } from '#main/start-electron.ts'
import { thisMachine, whyNoWindow } from '#main/web/browsers.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const executablePath = findElectron(electronPackage(), thisMachine())

/** Why no desktop window can be opened on this machine; null when one can. */
export const whyNoDesktop = executablePath ? whyNoWindow(thisMachine()) : 'no Electron binary found'

export interface Desktop {
  readonly app: ElectronApplication
  readonly page: Page
  /** What the page's console complained about, and every refusal of its content policy. */
  readonly complaints: string[]
}

function environment(dataFolder: string): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const known = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return { ...Object.fromEntries(known), FROSTLINE_DATA: dataFolder }
}

/** The desktop window on this data folder, with the built-in site. */
export async function startDesktop(dataFolder: string): Promise<Desktop> {
  const app = await electron.launch({
    ...(executablePath && { executablePath }),
    args: [root],
    env: environment(dataFolder),
  })
  const page = await app.firstWindow()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { app, page, complaints }
}

/** Starts the program once more, as a system does that has a link to hand over; answers with its exit code. */
export function startAgain(dataFolder: string, ...args: string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(executablePath ?? '', [root, ...args], { env: environment(dataFolder), stdio: 'ignore' })
    child.once('error', reject)
    child.once('exit', resolve)
  })
}
