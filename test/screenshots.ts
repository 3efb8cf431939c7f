import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium, type Locator, type Page } from 'playwright'
import { BROWSER } from './e2e/browser.ts'
import { startPanel } from './e2e/panel-process.ts'

/**
 * `npm run screenshots`: the pictures that the documentation shows, into `docs/screenshots/`: the first purge of the README,
 * step by step. `npm run screenshots -- --all FOLDER`: every screen on the way, in both themes and sizes, to look at them.
 */
const { values: options } = parseArgs({ options: { all: { type: 'string' } } })
const DOCUMENTED = ['pages', 'why', 'plan', 'plan-done', 'budget', 'home']
const folder = options.all ?? fileURLToPath(new URL('../docs/screenshots', import.meta.url))
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const THEMES = ['light', 'dark'] as const
const MENU = 'pb-menu:main-menu'
const SETTLED_MS = 300

async function shoot(page: Page, name: string): Promise<void> {
  if (options.all === undefined && !DOCUMENTED.includes(name)) return
  for (const size of SIZES) {
    for (const colorScheme of THEMES) {
      if (options.all === undefined && (size !== SIZES[0] || colorScheme !== 'light')) continue
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(SETTLED_MS)
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size.width}.png`) })
    }
  }
  await page.setViewportSize(SIZES[0])
}

const go = (page: Page, name: string) => page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click()
const button = (part: Page | Locator, name: string | RegExp) => part.getByRole('button', { name })

/** Everything is looked at once, so that the lists have something to say. */
async function checkAll(page: Page): Promise<void> {
  await go(page, 'Pages')
  await button(page, /^Error stored\s*[1-9]/).waitFor()
  await button(page, '0 jobs').waitFor({ timeout: 60_000 })
  await button(page, /^Check all \d+$/).click()
  await button(page.getByRole('dialog'), /^Check \d+ pages$/).click()
  await button(page, /^Not checked\s*0$/).waitFor({ timeout: 60_000 })
  await button(page, '0 jobs').waitFor({ timeout: 60_000 })
  await shoot(page, 'pages')
}

async function explain(page: Page): Promise<void> {
  await button(page.getByRole('group', { name: 'Freshness' }), /^Old copy/).click()
  await page
    .getByRole('row', { name: /Old copy/ })
    .first()
    .click()
  const side = page.getByRole('complementary', { name: 'Page' })
  await side.getByRole('heading').first().waitFor()
  await shoot(page, 'page')
  await side.getByRole('link', { name: 'Why?' }).click()
  await page.getByRole('article', { name: 'Verdict' }).waitFor()
  await shoot(page, 'why')
  await go(page, 'Pages')
  await button(page, 'Clear filter').click()
}

async function changeTheMenu(page: Page): Promise<void> {
  const opened = page.context().waitForEvent('page')
  await page.getByRole('link', { name: 'Demo controls' }).click()
  const controls = await opened
  await controls.getByRole('textbox', { name: /Label of the entry/ }).fill('Every lolly')
  await button(controls, 'Save the menu').click()
  await controls.getByRole('status').filter({ hasText: 'Every lolly' }).waitFor()
  await controls.close()
}

async function purge(page: Page): Promise<void> {
  await go(page, 'Tags')
  await shoot(page, 'tags')
  await button(page, MENU).click()
  const side = page.getByRole('complementary', { name: 'Tag' })
  await button(side, 'Mark as changed…').click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'What changed' }).fill('menu: new label')
  await button(page.getByRole('dialog'), 'Mark as changed').click()
  await shoot(page, 'tag')
  await button(side, 'Plan a purge…').click()
  await page.getByRole('heading', { name: /1 purge · free/ }).waitFor()
  await shoot(page, 'plan')
  await button(page, 'Start').click()
  await page
    .getByRole('status')
    .filter({ hasText: /shows? the new version/ })
    .waitFor({ timeout: 60_000 })
  await button(page, '0 jobs').waitFor({ timeout: 60_000 })
  await shoot(page, 'plan-done')
}

async function tour(page: Page): Promise<void> {
  await checkAll(page)
  await explain(page)
  await changeTheMenu(page)
  await purge(page)
  for (const name of ['Purges', 'Budget', 'Builds', 'Hooks', 'Activity', 'Sites', 'Credentials', 'People', 'Settings', 'Home']) {
    await go(page, name)
    await page.waitForTimeout(SETTLED_MS)
    await shoot(page, name.toLowerCase())
  }
}

if (options.all === undefined) rmSync(folder, { recursive: true, force: true })
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
