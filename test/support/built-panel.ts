import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { buildIfOld } from '#main/build-freshness.ts'
import { BROWSER } from '../e2e/browser.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file))
export const NO_BROWSER = CHROMIUM === undefined

/** The folder of the built panel, which is built first when it is old. All tests share it. */
export async function builtPanel(): Promise<string> {
  if (!(await buildIfOld(console.log))) throw new Error('The panel could not be built.')
  return fileURLToPath(new URL('../../dist/renderer', import.meta.url))
}

export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ ...BROWSER, executablePath: CHROMIUM })
}

/** Everything that a browser complains about: the console's errors and broken scripts, violations of the content policy among them. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return complaints
}
