import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './panel.ts'
import { rail } from './screens.ts'
import { violationsOn } from '../support/axe.ts'

const FILE = { mimeType: 'application/json' }

async function openSettings(app: Page): Promise<void> {
  await rail(app, 'Sites').click()
  await app
    .getByRole('article', { name: /Lollies|Sweets/ })
    .getByRole('link', { name: 'Settings' })
    .click()
  await expect(app.getByRole('heading', { level: 1, name: /^Settings of/ })).toBeVisible()
}

async function expectAccessible(app: Page): Promise<void> {
  const violations = await violationsOn(app)
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
}

test('an owner changes a site, removes it, takes that back, removes it again and restores it from the list', async ({ app }) => {
  await openSettings(app)
  await expect(app.getByLabel('Secret access key')).toHaveValue('')
  await expectAccessible(app)
  await app.getByLabel('Name', { exact: true }).fill('Sweets')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Saved: name Lollies → Sweets.')).toBeVisible()
  await expect(app.getByRole('heading', { level: 1, name: 'Settings of Sweets' })).toBeVisible()

  await app.getByLabel('Distribution id').fill('EMISSING00001')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByRole('status', { name: 'Connection test' })).toContainText('There is no distribution EMISSING00001')
  await expect(app.getByText('Nothing was saved.')).toBeVisible()
  await expect(app.getByLabel('Distribution id')).toHaveValue('EMISSING00001')

  await app.getByRole('button', { name: 'Remove…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Remove Sweets?' })
  await expect(dialog).toContainText('for good in 30 days')
  await expect(dialog).toContainText('of the ledger), and Activity, for ever')
  await dialog.getByRole('button', { name: 'Remove Sweets' }).click()
  await expect(app.getByRole('article', { name: 'Sweets' })).toBeHidden()
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(app.getByRole('article', { name: 'Sweets' })).toBeVisible()

  await app.getByRole('article', { name: 'Sweets' }).getByRole('button', { name: 'Remove…' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Remove Sweets' }).click()
  const removed = app.getByRole('region', { name: 'Removed sites' })
  await expect(removed.getByRole('row', { name: /Sweets .* by Owner|Sweets/ })).toBeVisible()
  await expectAccessible(app)
  await app.reload()
  await removed.getByRole('button', { name: 'Restore Sweets' }).click()
  await expect(app.getByRole('article', { name: 'Sweets' })).toBeVisible()
  await expect(removed).toBeHidden()
  await rail(app, 'Activity').click()
  for (const text of [/name Lollies → Sweets/, /Removed the site Sweets/, /Restored the site Sweets/])
    await expect(app.getByText(text).first()).toBeVisible()
})

test('settings travel in a file without secrets; an import says what it would do before it does it', async ({ app }) => {
  await rail(app, 'Sites').click()
  const [download] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: 'Export settings' }).click(),
  ])
  const text = readFileSync(await download.path(), 'utf8')
  expect(text).toContain('"enter": "the address of the build hook"')
  expect(text).not.toMatch(/"(secretAccessKey|accessKeyId|hookUrl|token)"/)

  const changed = text.replace('"name": "Lollies"', '"name": "Bonbons"')
  await app.getByRole('button', { name: 'Import settings…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Import settings of sites' })
  const choose = (name: string, content: string) =>
    dialog.locator('input[type=file]').setInputFiles({ ...FILE, name, buffer: Buffer.from(content) })
  await choose('garbage.json', 'no json at all')
  await expect(dialog.getByText('This is not a file of site settings.')).toBeVisible()
  await choose('sites.json', changed)
  const sites = dialog.getByRole('list', { name: 'Sites of the file' })
  await expect(sites.getByText('Will be changed')).toBeVisible()
  await expect(sites.getByText('name Lollies → Bonbons')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import 1 site' }).click()
  await expect(sites.getByText('Changed', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(app.getByRole('article', { name: 'Bonbons' })).toBeVisible()
})

test('credentials say what they are for and what they may do, are tried, and are never shown', async ({ app }) => {
  await rail(app, 'Credentials').click()
  const keys = app.getByRole('article', { name: /^Access keys of distribution/ })
  await expect(keys).toContainText('secrets.json')
  await expect(keys).toContainText('✓ Read the edge’s settings')
  await keys.getByRole('button', { name: 'Test' }).click()
  await expect(keys.getByRole('status')).toContainText('✓ Distribution')
  await expectAccessible(app)

  await keys.getByRole('button', { name: 'Rotate…' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Access key id').fill('AKIAWRONGWRONGWRONG0')
  await dialog.getByLabel('Secret access key').fill('wrong-secret')
  await dialog.getByRole('button', { name: 'Test and save' }).click()
  await expect(dialog.getByText(/AWS does not accept these credentials/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await keys.getByRole('button', { name: 'Test' }).click()
  await expect(keys.getByRole('status')).toContainText('✓ Distribution')

  const renderer = app.getByRole('article', { name: 'Address of the renderer' })
  await renderer.getByRole('button', { name: 'Remove…' }).click()
  await expect(app.getByRole('dialog')).toContainText('Entries of the renderer cannot be read')
  await app.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click()
  await expect(renderer).toContainText('Needs to be entered')
  await rail(app, 'Sites').click()
  await expect(app.getByText('Needs the address of the renderer.')).toBeVisible()
})

test('the sites’ menu says how each site is and goes to its settings by keyboard', async ({ app }) => {
  await app
    .getByRole('button', { name: /Lollies/ })
    .first()
    .focus()
  await app.keyboard.press('Enter')
  const menu = app.getByRole('menu')
  await expect(menu.getByRole('menuitem', { name: /^Lollies/ })).toContainText(/old|up to date|waiting|stored/)
  await expectAccessible(app)
  await menu.getByRole('menuitem', { name: /^Lollies/ }).focus()
  await app.keyboard.press('ArrowDown')
  await expect(menu.getByRole('menuitem', { name: 'Settings of this site' })).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('heading', { level: 1, name: 'Settings of Lollies' })).toBeVisible()
})
