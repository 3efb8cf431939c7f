import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright'
import { BROWSER } from './e2e/browser.ts'
import { startPanel } from './e2e/panel-process.ts'

/** `npm run screenshots`: every screen of a first start with the built-in site, in both themes and sizes, into `docs/screenshots/`. */
const folder = fileURLToPath(new URL('../docs/screenshots', import.meta.url))
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

async function shoot(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(300)
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size.width}.png`) })
    }
  }
}

async function tour(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click()
  await page
    .getByRole('group', { name: 'Freshness' })
    .getByRole('button', { name: /Error stored\s*1/ })
    .waitFor()
  await screens(page, ['Pages', 'Tags'])
  await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click()
  await page
    .getByRole('row', { name: /^\/lists\/cherry/ })
    .click({ trial: false, timeout: 3_000 })
    .catch(() => page.getByRole('row').nth(3).click())
  await page.waitForTimeout(500)
  await shoot(page, 'page')
  await page.getByRole('complementary', { name: 'Page' }).getByRole('link', { name: 'Why?' }).click()
  await page.getByRole('article', { name: 'Verdict' }).waitFor()
  await shoot(page, 'why')
  await page.getByRole('navigation').getByRole('link', { name: 'Tags' }).click()
  await page.getByRole('button', { name: 'pb-menu:main-menu', exact: true }).click()
  await page.getByRole('region', { name: 'What purging it would cost' }).waitFor()
  await shoot(page, 'tag')
  await page.getByRole('complementary', { name: 'Tag' }).getByRole('button', { name: 'Plan a purge…' }).click()
  await page.getByRole('heading', { name: /purge/ }).last().waitFor()
  await shoot(page, 'plan')
  await page.getByRole('button', { name: 'Start' }).click()
  await page
    .getByRole('status')
    .filter({ hasText: /show the new version/ })
    .waitFor({ timeout: 60_000 })
  await shoot(page, 'plan-done')
  await screens(page, ['Purges', 'Budget', 'Builds', 'Hooks', 'Activity', 'Sites', 'People', 'Home'])
}

async function screens(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole('navigation').getByRole('link', { name }).click()
    await page.waitForTimeout(500)
    await shoot(page, name.toLowerCase())
  }
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-screenshots-'))
const panel = await startPanel(dataFolder)
const browser = await chromium.launch(BROWSER)
try {
  const page = await browser.newPage({ viewport: SIZES[0] })
  await page.goto(panel.address)
  await tour(page)
} finally {
  await browser.close()
  await panel.stop()
  rmSync(dataFolder, { recursive: true, force: true })
}
