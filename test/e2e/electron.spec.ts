import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { startAgain, startDesktop, whyNoDesktop as why, type Desktop } from './desktop-process.ts'
import { chip, rail } from './screens.ts'

if (why) console.warn(`Electron tests not run: ${why}`)

/** Starts the purge of one old copy; the plan is shown. */
async function purgeOne(page: Page): Promise<void> {
  await rail(page, 'Pages').click()
  await expect(chip(page, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await chip(page, 'Old copy').click()
  await page.getByRole('checkbox').nth(1).click()
  await page.getByRole('button', { name: 'Plan for 1' }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
}
const purged = (page: Page) => page.getByRole('listitem', { name: /^Step \d: Purge, done/ })

test.describe.serial('the desktop window', () => {
  test.skip(why !== null, `Electron tests not run: ${why}`)
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-e2e-'))
  let desktop: Desktop
  let page: Page

  test.beforeAll(async () => {
    desktop = await startDesktop(dataFolder)
    page = desktop.page
  })
  test.afterAll(() => desktop?.app.close())
  test.afterEach(() => expect(desktop.complaints.splice(0)).toEqual([]))

  test('shows the panel under its own scheme, connected to the core', async () => {
    await expect(page).toHaveURL(/^app:\/\/frostline\//)
    await expect(page.getByRole('main')).toBeVisible()
  })

  test('gives the page nothing but the bridge', async () => {
    expect(await page.evaluate(() => Object.keys(Object(Reflect.get(window, 'frostline'))))).toEqual(['connect'])
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([])
  })

  test('stays in the panel', async () => {
    await page.evaluate(() => void (location.href = 'https://example.com/'))
    await page.evaluate(() => void window.open('https://example.com/'))
    await expect(page).toHaveURL(/^app:\/\/frostline\//)
    expect(desktop.app.windows()).toHaveLength(1)
  })

  test('runs no script but its own', async () => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.head.append(script)
      return 'injected' in window
    })
    expect(ran).toBe(false)
    // The content policy tells of exactly this one.
    expect(desktop.complaints.splice(0).join()).toMatch(/Content Security Policy/)
  })

  test('purges over its port', async () => {
    await purgeOne(page)
    await expect(purged(page)).toBeVisible({ timeout: 60_000 })
  })

  test('has a menu and, where the desktop has one, a tray', async () => {
    const labels = await desktop.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
    expect(labels).toContain('&Go')
    await desktop.app.evaluate(({ Menu }) => {
      const go = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&Go')
      go?.submenu?.items.find(({ label }) => label === 'Builds')?.click()
    })
    await expect(page).toHaveURL(/\/builds/)
    await rail(page, 'Settings').click()
    await page.getByRole('link', { name: 'Desktop window' }).click()
    const stays = page.getByRole('radio', { name: 'Keep Frostline in the tray' })
    await expect(stays.or(page.getByText('This desktop shows no tray'))).not.toHaveCount(0)
    if (process.platform !== 'linux') await expect(stays).toBeEnabled()
    await expect(page.getByText('this build is not signed')).toBeVisible()
  })

  test('tells by a notification that a build is done', async () => {
    await desktop.app.evaluate(({ BrowserWindow, Notification }) => {
      const said: string[] = []
      Reflect.set(globalThis, 'said', said)
      Notification.prototype.show = function (this: { title: string }) {
        said.push(this.title)
      }
      BrowserWindow.getFocusedWindow = () => null
    })
    await rail(page, 'Builds').click()
    await page.getByRole('button', { name: 'Rebuild now' }).first().click()
    await expect
      .poll(() => desktop.app.evaluate(() => Reflect.get(globalThis, 'said') as string[]), { timeout: 60_000 })
      .toContainEqual(expect.stringMatching(/: build done$/))
  })

  test('opens the link that a second start brings, which ends', async () => {
    const host = /lollies\.localhost(?::\d+)?/.exec(await page.getByRole('banner').innerText())?.[0] ?? ''
    const link = `frostline://site/${encodeURIComponent(host)}/page?path=%2Fabout`
    expect(await startAgain(dataFolder, link)).toBe(0)
    await expect(page.getByRole('complementary', { name: 'Page' })).toBeVisible()
    expect(desktop.app.windows()).toHaveLength(1)
    expect(await startAgain(dataFolder, 'frostline://evil')).toBe(0)
    await expect(page).toHaveURL(/^app:\/\/frostline\//)
  })

  test('asks when it is quit during a purge, and goes on with it at the next start', async () => {
    await purgeOne(page)
    const address = page.url()
    let said = ''
    desktop.app.process().stdout?.on('data', (text: Buffer) => void (said += text.toString()))
    await desktop.app.evaluate(({ app, dialog }) => {
      dialog.showMessageBox = async (...args: unknown[]) => {
        process.stdout.write('asked before quitting\n')
        const { buttons = [] } = args.at(-1) as { buttons?: string[] }
        return { response: buttons.indexOf('Quit and go on at the next start'), checkboxChecked: false }
      }
      app.quit()
    })
    await desktop.app.waitForEvent('close')
    expect(said).toContain('asked before quitting')
    desktop = await startDesktop(dataFolder)
    page = desktop.page
    await rail(page, 'Purges').click()
    await page
      .locator(`a[href*="${new URL(address).pathname}"]`)
      .first()
      .click()
    await expect(purged(page)).toBeVisible({ timeout: 60_000 })
  })
})
