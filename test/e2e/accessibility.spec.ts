import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { layPreparedDemo } from '../support/prepared-demo.ts'
import { barriersAt, pressOn, tabTo } from './barriers.ts'
import { expect, test } from './panel.ts'
import { startPanel, type Panel } from './panel-process.ts'
import { chip, openTag, pageRow, rail, searchPaths } from './screens.ts'

test.describe.configure({ mode: 'serial' })

let panel: Panel
let context: BrowserContext
let page: Page
const complaints: string[] = []

test.beforeAll(async ({ browser }) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-e2e-'))
  await layPreparedDemo(join(dataFolder, 'demo'))
  panel = await startPanel(dataFolder)
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.addInitScript(() => {
    for (const kind of ['mousedown', 'pointerdown', 'touchstart'])
      addEventListener(kind, () => (document.documentElement.dataset['pointed'] = kind), true)
  })
  await page.goto(panel.address)
})
test.afterAll(async () => {
  await context?.close()
  await panel?.stop()
  if (panel) rmSync(panel.dataFolder, { recursive: true, force: true })
  expect(complaints).toEqual([])
})

test('old copies are found, purged, proven and explained by keyboard alone', async () => {
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await pressOn(page, page.getByRole('link', { name: 'Skip to the screen' }))
  await expect(page.getByRole('main')).toBeFocused()

  await pressOn(page, rail(page, 'Pages'))
  await expect(chip(page, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await pressOn(page, chip(page, 'Old copy'), 'Space')
  await expect(chip(page, 'Old copy')).toHaveAttribute('aria-pressed', 'true')
  const grid = page.getByRole('grid', { name: 'Pages' })
  await tabTo(page, grid)
  await page.keyboard.press('ArrowDown')
  await expect(grid).toHaveAttribute('aria-activedescendant', /page-row/)
  await page.keyboard.press('Control+a')
  await pressOn(page, page.getByRole('button', { name: /^Plan for \d+$/ }))
  await expect(page).toHaveURL(/\/purges\/[\w-]+/)
  await expect(page.getByText(/^0 of 1,000 purges used/)).toBeVisible()
  const found = await barriersAt(page, 'Plan, draft')
  await pressOn(page, page.getByRole('button', { name: 'Start' }))
  await expect(page.getByRole('button', { name: 'Start' })).toBeHidden()
  found.push(...(await barriersAt(page, 'Plan, running')))
  await expect(page.getByRole('status').filter({ hasText: /shows? the new version/ })).toBeVisible({ timeout: 60_000 })
  found.push(...(await barriersAt(page, 'Plan, done')))
  expect(found).toEqual([])

  // The filter is as it was left.
  await pressOn(page, rail(page, 'Pages'))
  await pressOn(page, page.getByRole('button', { name: 'Clear filter' }).first())
  await tabTo(page, grid)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const side = page.getByRole('complementary', { name: 'Page' })
  await pressOn(page, side.getByRole('link', { name: 'Why?' }))
  const verdict = page.getByRole('article', { name: 'Verdict' })
  await expect(verdict.getByRole('heading', { level: 2 })).toBeFocused()
  await pressOn(page, verdict.getByRole('button', { name: 'Copy for customer' }))
  await expect(verdict.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toBe('')
  expect(await page.evaluate(() => document.documentElement.dataset['pointed'] ?? null)).toBeNull()
})

test('axe finds nothing on any screen, panel or dialog, light or dark', async () => {
  test.setTimeout(300_000)
  const found: string[] = []
  const look = async (place: string) => void found.push(...(await barriersAt(page, place)))
  /** Looks at a dialog; after it is closed the focus is where it was opened. */
  const dialog = async (place: string, open: () => Promise<void>) => {
    await open()
    // The palette goes when the dialog that it opened comes.
    await expect(page.getByRole('dialog')).toHaveCount(1)
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(place)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first()
  const fromPalette = async (name: string) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or do anything' }).fill(name)
    await page.keyboard.press('Enter')
  }
  await look('Why, answered')

  for (const name of ['Home', 'Purges', 'Activity', 'People', 'Hooks', 'Budget', 'Builds', 'Tags', 'Why?', 'Sites']) {
    await rail(page, name).click()
    await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^${name.replace('?', '')}`) })).toBeVisible()
    if (name === 'Home') await expect(page.getByRole('region', { name: 'How the edge answers' })).toContainText('our checks')
    for (const table of await page.getByRole('button', { name: 'Show as a table' }).all()) await table.click()
    await look(name)
  }
  await dialog('Import settings', () => button('Import settings…').click())
  await button('Add site').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Add site' })).toBeVisible()
  await look('Add site')
  await rail(page, 'Credentials').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Credentials' })).toBeVisible()
  await look('Credentials')
  await rail(page, 'Settings').click()
  for (const section of await page.getByRole('navigation', { name: 'Settings' }).getByRole('link').all()) {
    await section.click()
    await look(`Settings, ${await section.innerText()}`)
  }
  await rail(page, 'People').click()
  await dialog('New sign-in link', () => button('New sign-in link…').click())
  await rail(page, 'Hooks').click()
  await dialog('Add source', () => button('Add source').click())
  await dialog('Receiver', () => button('Receiver…').click())
  await rail(page, 'Builds').click()
  await page.getByRole('table', { name: 'Deploys' }).getByRole('row').nth(1).click()
  await expect(page.getByRole('complementary', { name: 'Build' })).toBeVisible()
  await look('Builds, one open')
  await page.keyboard.press('Escape')
  await rail(page, 'Budget').click()
  // From the last on: what is open is no longer counted.
  const closed = await page.getByRole('main').getByRole('button', { expanded: false }).all()
  for (const more of closed.reverse()) await more.click()
  await look('Budget, everything open')

  const tag = await openTag(page, 'pb-menu:main-menu')
  await expect(tag.getByRole('region', { name: 'What purging it would cost' })).toBeVisible()
  await look('Tag')
  await dialog('Mark as changed', () => tag.getByRole('button', { name: 'Mark as changed…' }).click())
  await rail(page, 'Pages').click()
  await look('Pages')
  await searchPaths(page, '/lists/')
  await pageRow(page, '/lists/cherry').click()
  for (const name of ['Layers', 'Body diff', 'History', 'Raw']) {
    await page.getByRole('tab', { name }).click()
    await look(`Page, ${name}`)
  }
  await page.keyboard.press('Escape')
  await dialog('Check', () => button(/^Check \d+$/).click())
  await dialog('Find pages', () => button('Find pages…').click())
  await dialog('New purge', () => button('New purge…').click())
  await dialog('Purge everything', () => fromPalette('Purge everything'))
  await dialog('Palette', () => page.keyboard.press('Control+k'))
  expect(found).toEqual([])
})
