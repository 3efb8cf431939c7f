import type { Page } from '@playwright/test'
import { lookAt } from './looks.ts'
import { expect, test } from './panel.ts'
import { chip, openControls, rail } from './screens.ts'

const deploys = (screen: Page) => screen.getByRole('table', { name: 'Deploys' })
const deploy = (screen: Page, id: string) => deploys(screen).getByRole('row').filter({ hasText: id })

test('a menu that is regretted goes back, is purged and proven, and stays until it is unpinned', async ({ app: screen }) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  const controls = await openControls(screen)
  await controls.getByRole('textbox', { name: /Label of the entry/ }).fill('A menu to regret')
  await controls.getByRole('button', { name: 'Save the menu' }).click()
  await expect(controls.getByRole('status')).toContainText('A menu to regret')

  await rail(screen, 'Builds').click()
  await expect(deploy(screen, 'r-2')).toContainText('Live')
  await screen.getByRole('button', { name: 'Rebuild now' }).first().click()
  await expect(deploy(screen, 'r-4')).toContainText('Live', { timeout: 60_000 })
  // Built and passed over: there is no way back to what nobody had.
  await deploy(screen, 'r-3').getByRole('button', { name: 'Publish…' }).click()
  const dialog = screen.getByRole('dialog')
  await expect(dialog).toContainText('Publish “About page changed” (r-3)')
  await expect(dialog).toContainText('Visitors never had it, and it is older than what they get')
  await lookAt(screen, 'publish-older')
  await dialog.getByRole('button', { name: 'Leave it as it is' }).click()
  // Nothing has been purged since: what the edge holds of the changed pages is what the older release has.
  await deploy(screen, 'r-1').getByRole('button', { name: 'Roll back…' }).click()
  await expect(dialog).toContainText(/\d+ pages changed between “Rebuild from Frostline” \(r-4\) and “First release” \(r-1\)/)
  await expect(dialog).toContainText('usually 3–6 minutes')
  await expect(dialog).toContainText('The site is pinned to r-1')
  await dialog.getByRole('button', { name: /^Changed \d+/ }).click()
  await expect(dialog.getByText('/about').first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Roll back' }).click()

  const banner = screen.getByRole('region', { name: 'Pinned' })
  await expect(banner).toContainText('Pinned to “First release” (r-1)')
  await expect(screen.getByRole('region', { name: /^Switch: Back to/ })).toContainText('locations follow')
  await expect(screen.getByRole('link', { name: 'Pinned to r-1' })).toBeVisible()
  // Who goes about something else meanwhile is not taken away from it by the purge.
  await banner.click()
  await expect(screen.getByRole('region', { name: /^Switch: Back to/ })).toContainText('Visitors get r-1', { timeout: 60_000 })
  await expect(deploy(screen, 'r-1')).toContainText('Live · pinned')

  await screen.getByRole('button', { name: 'Rebuild now' }).first().click()
  await expect(deploy(screen, 'r-5')).toContainText('Unpublished', { timeout: 60_000 })
  await expect(deploy(screen, 'r-1')).toContainText('Live · pinned')

  await banner.getByRole('button', { name: 'Unpin and go forward to r-5…' }).click()
  await expect(dialog).toContainText('measured here')
  await dialog.getByRole('button', { name: 'Go forward' }).click()
  // The purge of what differs opens by itself, and proves each page.
  await expect(screen).toHaveURL(/\/purges\//, { timeout: 60_000 })
  await expect(screen.getByRole('status').filter({ hasText: /shows? the new version/ })).toBeVisible({ timeout: 60_000 })
  await expect(screen.getByRole('link', { name: 'Pinned to r-1' })).toBeHidden()
})

test('whoever went about something else is told of the purge that waits, and is not taken to it', async ({ app: screen }) => {
  await expect(chip(screen, 'Old copy')).not.toHaveText(/\D0$/)
  await rail(screen, 'Builds').click()
  await deploy(screen, 'r-3').getByRole('button', { name: 'Publish…' }).click()
  const dialog = screen.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'And purge when it is deployed' }).uncheck()
  await dialog.getByRole('button', { name: /^(Publish|Go forward)$/ }).click()
  await expect(dialog).toBeHidden()
  await rail(screen, 'Activity').click()
  const told = screen.getByRole('alert').filter({ hasText: 'Visitors get “About page changed” (r-3).' })
  await expect(told).toContainText(/A purge of \d+ items? waits for you to start it\./, { timeout: 60_000 })
  await expect(screen).toHaveURL(/\/activity/)
  await expect(rail(screen, 'Purges')).toContainText('1 to start')
  await lookAt(screen, 'switch-told')
  await told.getByRole('button', { name: 'Open' }).click()
  await expect(screen).toHaveURL(/\/purges\//)
  await expect(rail(screen, 'Purges')).toContainText('1 to start')
})
