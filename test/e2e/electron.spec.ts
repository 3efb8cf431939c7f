import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron as electron, expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { electronPackage, findElectron } from '#main/start-electron.ts'
import { thisMachine, whyNoWindow } from '#main/web/browsers.ts'

const executablePath = findElectron(electronPackage(), thisMachine())
const why = executablePath ? whyNoWindow(thisMachine()) : 'no Electron binary found'
if (why) console.warn(`Electron tests not run: ${why}`)

test.describe('the desktop window', () => {
  test.skip(why !== null, `Electron tests not run: ${why}`)
  let app: ElectronApplication
  let page: Page

  test.beforeAll(async () => {
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
    const root = fileURLToPath(new URL('../..', import.meta.url))
    app = await electron.launch({
      ...(executablePath && { executablePath }),
      args: [root],
      env: { ...env, FROSTLINE_DATA: mkdtempSync(join(tmpdir(), 'frostline-e2e-')), FROSTLINE_DEMO: 'off' },
    })
    page = await app.firstWindow()
  })
  test.afterAll(() => app?.close())

  test('shows the panel under its own scheme, connected to the core', async () => {
    await expect(page).toHaveURL(/^app:\/\/frostline\//)
    await expect(page.getByRole('main')).toBeVisible()
  })

  test('gives the page nothing but the bridge', async () => {
    expect(await page.evaluate(() => Object.keys(Reflect.get(window, 'frostline')))).toEqual(['connect'])
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([])
  })

  test('stays in the panel', async () => {
    await page.evaluate(() => void (location.href = 'https://example.com/'))
    await page.evaluate(() => void window.open('https://example.com/'))
    await expect(page).toHaveURL(/^app:\/\/frostline\//)
    expect(app.windows()).toHaveLength(1)
  })

  test('runs no script but its own', async () => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.head.append(script)
      return 'injected' in window
    })
    expect(ran).toBe(false)
  })
})
