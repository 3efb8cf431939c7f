import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { layPreparedDemo } from '../support/prepared-demo.ts'
import { barriersAt } from './barriers.ts'
import { complaintsOf, expect, test } from './panel.ts'
import { startPanel, type Panel } from './panel-process.ts'
import { callAs } from './people.ts'
import { addSanity, publish } from './sanity.ts'
import { openTag, rail } from './screens.ts'
import { cutOffIn, movingIn } from './sight.ts'

test.describe.configure({ mode: 'serial', timeout: 300_000 })

const SCREENS = 'Home Pages Tags Purges Budget Builds Hooks Activity Why? Sites Credentials People'.split(' ')

let panel: Panel
let context: BrowserContext
let page: Page
let complaints: string[]

test.beforeAll(async ({ browser }) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-e2e-'))
  await layPreparedDemo(join(dataFolder, 'demo'))
  panel = await startPanel(dataFolder)
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  complaints = complaintsOf(page)
  await page.goto(panel.address)
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
})
test.afterAll(async () => {
  await context?.close()
  await panel?.stop()
  if (panel) rmSync(panel.dataFolder, { recursive: true, force: true })
  expect(complaints).toEqual([])
})

const main = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).first()
const dialogs = () => page.getByRole('dialog')

async function press(target: Locator): Promise<void> {
  await target.focus()
  await page.keyboard.press('Enter')
}

async function go(name: string): Promise<void> {
  await rail(page, name).click()
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^${name.replace('?', '')}`) })).toBeVisible()
}

/** Opens a dialog by keyboard, looks at it and leaves it: the focus went in, and is back where it came from. */
async function dialog(
  place: string,
  opener: Locator,
  inside?: () => Promise<void>,
  back: Locator = opener,
  leave?: () => Promise<void>,
): Promise<string[]> {
  await press(opener)
  await expect(dialogs()).toHaveCount(1)
  await expect(dialogs().locator(':focus'), `${place}: focus on open`).toHaveCount(1)
  await inside?.()
  const found = await barriersAt(page, place, '[role="dialog"]')
  await page.keyboard.press('Escape')
  await leave?.()
  await expect(dialogs()).toHaveCount(0)
  await expect(back, `${place}: focus after it was closed`).toBeFocused()
  return found
}

test('axe finds nothing in what acts on a site, and the focus comes back from it', async () => {
  const found: string[] = []
  // A delivery has the site built, and then nothing waits to be published.
  await go('Builds')
  found.push(...(await dialog('Go forward', main('Publish…'), () => expect(dialogs().getByText('Afterwards')).toBeVisible())))
  found.push(...(await dialog('Roll back', main('Roll back…'), () => expect(dialogs().getByText('Afterwards')).toBeVisible())))
  const source = await addSanity(page)
  expect(await publish(source, { _id: 'm1', _type: 'menu', slug: 'main-menu' })).toBe(202)
  const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('row').filter({ hasText: 'menu · m1' })
  await expect(row).toContainText('Worked through')
  const typeARule = async () => {
    await dialogs().getByRole('textbox', { name: 'Tag', exact: true }).fill('pb-menu:{slug}')
    await dialogs().getByRole('button', { name: 'Add a condition' }).click()
    await dialogs().getByRole('textbox', { name: 'Field' }).fill('slug')
    await dialogs().getByRole('textbox', { name: 'Value' }).fill('main-menu')
    await expect(dialogs().getByRole('region', { name: 'Dry run' })).toBeVisible()
  }
  // What was typed is not lost by one key.
  const giveUp = () => press(dialogs().getByRole('button', { name: 'Leave without saving' }))
  const newRule = main('New rule…')
  found.push(...(await dialog('Rule', newRule, typeARule, newRule, giveUp)))
  const what = row.getByRole('link')
  await press(what)
  const delivery = page.getByRole('complementary', { name: 'Delivery' })
  await expect(delivery.getByRole('region', { name: 'Payload' })).toBeVisible()
  found.push(...(await barriersAt(page, 'Delivery', 'aside')))
  await press(delivery.getByRole('button', { name: 'Close panel' }))
  await expect(what).toBeFocused()

  const menu = page.getByRole('button', { name: 'What can be done with Sanity' })
  for (const item of ['Ask it for changes…', 'New address and secret…', 'Remove…']) {
    await press(menu)
    found.push(...(await dialog(item, page.getByRole('menuitem', { name: item }), undefined, menu)))
  }

  await go('Credentials')
  found.push(...(await dialog('Rotate', main('Rotate…'))))
  found.push(...(await dialog('Remove credential', main('Remove…'))))
  await go('People')
  const link = main('New sign-in link…')
  found.push(
    ...(await dialog(
      'Sign-in link',
      link,
      async () => {
        await dialogs().getByLabel('Whose it is').fill('Sam')
        await page.keyboard.press('Enter')
        await expect(dialogs().getByRole('textbox', { name: 'Sign-in link' })).toBeFocused()
      },
      main(/^New sign-in link…/),
    )),
  )
  found.push(...(await dialog('Revoke', main(/^Revoke the link of Sam/))))
  await go('Sites')
  found.push(...(await dialog('Remove site', main('Remove…'))))
  expect(found).toEqual([])
})

test('a plan with all three ways takes the focus when it opens, and its radio answers at once', async () => {
  const found: string[] = []
  await go('Pages')
  const lines = async () => {
    await dialogs().getByRole('textbox').fill('/about\n/lists/cherry\n/lists/apple\n/feed.xml')
    await expect(dialogs()).toContainText('/feed.xml')
  }
  found.push(...(await dialog('New purge, filled', main('New purge…'), lines)))
  await press(page.getByRole('button', { name: /Lollies/ }).first())
  await press(page.getByRole('menuitem', { name: 'Purge everything…' }))
  await expect(dialogs().getByText(/would go cold at once/)).toBeVisible()
  await dialogs().getByRole('textbox').fill('Lollies')
  found.push(...(await barriersAt(page, 'Purge everything, confirmed', '[role="dialog"]')))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /Lollies/ }).first()).toBeFocused()

  await press(main('New purge…'))
  await lines()
  await page.keyboard.press('Tab')
  await press(dialogs().getByRole('button', { name: 'Work out a plan' }))
  await expect(page).toHaveURL(/\/purges\/[\w-]+/)
  await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toBeFocused()
  const ways = page.getByRole('group', { name: 'How to purge' })
  await expect(ways.getByRole('radio')).toHaveCount(3)
  for (const name of [/Exact/, /Fewest items/]) {
    await ways.getByRole('radio', { name }).focus()
    await ways.getByRole('radio', { name }).check()
    await expect(ways.getByRole('radio', { name })).toBeFocused()
    await expect(page.getByText('working it out…')).toBeHidden()
    await expect(ways.getByRole('radio', { name })).toBeChecked()
  }
  found.push(...(await barriersAt(page, 'Plan, three ways')))

  // Opened from a panel that goes away with its screen.
  const tag = await openTag(page, 'pb-menu:main-menu')
  await press(tag.getByRole('button', { name: /^Plan a purge/ }))
  await expect(page).toHaveURL(/\/purges\/[\w-]+/)
  await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toBeFocused()
  expect(found).toEqual([])
})

test('a note covers nothing that acts or counts', async () => {
  await go('Home')
  await page.keyboard.press('y')
  const note = page.getByRole('alert').filter({ hasText: 'There is no link to this screen' })
  await expect(note).toBeVisible()
  const toast = await note.boundingBox()
  const bottom = (toast?.y ?? 0) + (toast?.height ?? 0)
  expect(bottom).toBeGreaterThan(0)
  // The status bar has 24 pixels and a plan's line of allowance and acts 52 above it.
  expect(bottom).toBeLessThanOrEqual(800 - 24 - 52)
})

test('at twice the size every screen, a panel, a plan and a dialog can be read whole', async () => {
  await page.setViewportSize({ width: 640, height: 400 })
  const cut: string[] = []
  const look = async (place: string) => cut.push(...(await cutOffIn(page)).map((words) => `${place}: ${words}`))
  for (const name of SCREENS) {
    await go(name)
    await expect(page.getByRole('main').getByRole('status', { name: 'Loading' })).toHaveCount(0)
    await look(name)
  }
  await rail(page, 'Settings').click()
  for (const section of await page.getByRole('navigation', { name: 'Settings' }).getByRole('link').all()) {
    await section.click()
    await look(`Settings, ${await section.innerText()}`)
  }
  await go('Purges')
  await press(main('New purge…'))
  await dialogs().getByRole('textbox').fill('/about\n/lists/cherry')
  await look('New purge')
  await dialogs().getByRole('button', { name: 'Work out a plan' }).click()
  await expect(page.getByRole('list', { name: 'Steps' })).toBeVisible()
  await look('Plan')
  await go('Pages')
  const grid = page.getByRole('grid', { name: 'Pages' })
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const side = page.getByRole('complementary', { name: 'Page' })
  await expect(side).toBeFocused()
  await look('Page')
  await page.keyboard.press('Escape')
  await expect(grid).toBeFocused()
  await page.setViewportSize({ width: 1280, height: 800 })
  expect(cut).toEqual([])
})

test('in forced colours what is focused, chosen, on and left can be told apart', async () => {
  await page.emulateMedia({ forcedColors: 'active' })
  await go('Pages')
  const grid = page.getByRole('grid', { name: 'Pages' })
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  const row = page.getByRole('row', { selected: true })
  await expect(row).toHaveCSS('outline-style', 'solid')
  await expect(page.getByRole('row', { selected: false }).last()).toHaveCSS('outline-style', 'none')
  await expect(row.getByRole('checkbox')).toBeChecked()
  await page.getByRole('toolbar', { name: 'Selected pages' }).getByRole('button', { name: 'Clear' }).focus()
  await expect(page.locator(':focus')).toHaveCSS('outline-style', 'solid')
  await page.keyboard.press('Enter')
  await go('Budget')
  await expect(page.getByRole('main').getByRole('img').first()).toHaveCSS('forced-color-adjust', 'none')
  const by = page.getByRole('radiogroup').first()
  const chosen = by.locator('label').filter({ hasText: 'Who' })
  await expect(chosen).toHaveCSS('outline-style', 'solid')
  await expect(by.locator('label').filter({ hasText: 'Why' })).toHaveCSS('outline-style', 'none')
  await rail(page, 'Settings').click()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Notifications' }).click()
  const track = page.getByRole('switch').first().locator('xpath=following-sibling::label | following-sibling::span').first()
  await expect(track).toHaveCSS('forced-color-adjust', 'none')
  await page.emulateMedia({ forcedColors: 'none' })
})

test('where less motion is wished for nothing moves, also while something runs', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await go('Pages')
  await press(main(/^Check all \d+$/))
  await press(dialogs().getByRole('button', { name: /^Check \d+ pages/ }))
  await expect(page.getByRole('button', { name: /^1 job/ })).toBeVisible()
  expect(await movingIn(page)).toEqual([])
  await expect(page.getByRole('button', { name: /^0 jobs/ })).toBeVisible({ timeout: 60_000 })
})

test('with many sites the menu searches them, by keyboard', async () => {
  const { client, close } = await callAs(page)
  const [first] = await client.sites.list()
  const url = new URL(first?.zones[0]?.url ?? '')
  for (const name of ['Apricots', 'Bonbons', 'Caramels', 'Drops', 'Éclairs', 'Fudge', 'Gums', 'Humbugs']) {
    url.hostname = `${name.normalize('NFD').replace(/\W/g, '').toLowerCase()}.localhost`
    await client.sites.add({ name, zones: [{ url: url.href }], edge: { kind: 'any-cache' } })
  }
  close()
  await go('Sites')
  await expect(page.getByRole('article', { name: 'Humbugs' })).toBeVisible()
  const opener = page.getByRole('banner').getByRole('button', { name: /Lollies/ })
  await press(opener)
  const search = page.getByRole('combobox', { name: 'Search sites' })
  await expect(search).toBeFocused()
  await expect(page.getByRole('option', { name: /Humbugs/ })).toBeVisible()
  expect(await barriersAt(page, 'The menu of many sites', 'header, [data-combobox-dropdown], [role="listbox"]')).toEqual([])
  await page.keyboard.type('nothing like it')
  await expect(page.getByText('No site has this in its name or hosts')).toBeVisible()
  await search.fill('fud')
  await expect(page.getByRole('option', { name: /Fudge/ })).toBeVisible()
  await expect(page.getByRole('option', { name: /Humbugs/ })).toBeHidden()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: /Fudge/ })).toHaveAttribute('data-combobox-selected')
  await page.keyboard.press('Enter')
  const fudge = page.getByRole('banner').getByRole('button', { name: /Fudge/ })
  await expect(fudge).toBeFocused()
  await press(fudge)
  await expect(search).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(fudge).toBeFocused()
})
