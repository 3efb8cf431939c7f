import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { BROWSER } from '../e2e/browser.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file))
export const NO_BROWSER = CHROMIUM === undefined

/** Builds the panel into a folder of its own, which the caller removes. */
export async function buildPanel(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'frostline-panel-'))
  await build({
    configFile: fileURLToPath(new URL('../../renderer/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  return folder
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
