import { expect, test } from './panel.ts'
import { chip, openControls, openTag, pageRow, rail, searchPaths } from './screens.ts'

const MENU = 'pb-menu:main-menu'

test('a rendered page shows what the renderer keeps, is refreshed from its panel, and is then only old at the edge', async ({
  app: screen,
}) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await searchPaths(screen, '/menu-card/cherry')
  const row = pageRow(screen, '/menu-card/cherry')
  await expect(row).toContainText('rendered')
  await expect(row).toContainText('Waiting for build')
  await row.click()
  const entry = screen.getByRole('region', { name: 'Renderer' })
  await expect(entry).toContainText('It keeps the old page until it is refreshed')
  await expect(entry.getByRole('button', { name: 'Mark expired' })).toBeDisabled()
  await entry.getByRole('button', { name: 'Refresh now' }).click()
  await expect(entry.getByRole('button', { name: 'Mark expired' })).toBeEnabled()
  await expect(row).toContainText('Old copy')
  await entry.getByRole('button', { name: 'Mark expired' }).click()
  await expect(row).toContainText('Waiting for build')
})

test('a changed menu: rendered pages are held back, refreshed, purged with the built ones by one tag, and proven', async ({
  app: screen,
}) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await searchPaths(screen, '/menu-card/')
  await expect(pageRow(screen, '/menu-card/apple')).toContainText('Up to date')
  // Which rendered pages carry the tag is known when they have been looked at.
  await expect(chip(screen, 'Not checked')).toHaveText(/\D0$/)
  await expect(pageRow(screen, '/menu-card/apricot')).toContainText('rendered')
  const controls = await openControls(screen)
  await controls.getByRole('textbox', { name: /Label of the entry/ }).fill('Every lolly there is')
  await controls.getByRole('button', { name: 'Save the menu' }).click()
  await expect(controls.getByRole('status')).toContainText('Every lolly there is')

  await (await openTag(screen, MENU)).getByRole('button', { name: 'Mark as changed…' }).click()
  await screen.getByRole('dialog').getByRole('textbox', { name: 'What changed' }).fill('menu: new label')
  await screen.getByRole('dialog').getByRole('button', { name: 'Mark as changed' }).click()
  await expect(screen.getByRole('dialog')).toBeHidden()
  await rail(screen, 'Pages').click()
  await searchPaths(screen, '/menu-card/')
  await expect(pageRow(screen, '/menu-card/apple')).toContainText('Waiting for build')

  await (await openTag(screen, MENU)).getByRole('button', { name: 'Plan a purge…' }).click()
  await expect(screen.getByRole('heading', { name: /^Build and refresh, then .* 1 purge · free/ })).toBeVisible()
  await screen.getByRole('switch', { name: 'Build first' }).click()
  await screen.getByRole('switch', { name: 'Refresh first' }).click()
  await expect(screen.getByText('Build and refresh first.').first()).toBeVisible()
  await expect(screen.getByRole('button', { name: 'Start' })).toBeDisabled()
  await screen.getByRole('switch', { name: 'Refresh first' }).click()
  await screen.getByRole('switch', { name: 'Build first' }).click()
  await expect(screen.getByRole('heading', { name: /^Build and refresh, then .* 1 purge · free/ })).toBeVisible()
  await screen.getByRole('button', { name: 'Start' }).click()

  const result = screen.getByRole('status').filter({ hasText: /shows? the new version/ })
  await expect(result).toBeVisible({ timeout: 90_000 })
  await expect(result).toContainText(/^(\d+) of \1 show the new version from here \(FRA56\)\. 1 purge used \(free\)/)
  await expect(screen.getByText(/\d+ pages refreshed at the renderer\./)).toBeVisible()
  await rail(screen, 'Pages').click()
  await searchPaths(screen, '/menu-card/')
  await expect(pageRow(screen, '/menu-card/apple')).toContainText('Up to date')
  await expect(pageRow(screen, '/menu-card/cherry')).toContainText('Up to date')
})
