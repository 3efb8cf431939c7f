import type { Locator, Page } from '@playwright/test'
import { expect, test } from './panel.ts'
import { chip, pageRow, rail } from './screens.ts'

const column = (screen: Page, name: string): Locator =>
  screen.getByRole('region', { name: 'When the pages are purged' }).getByRole('region', { name })

test('old copies can be purged when visited or left to expire; a draft can be undone, and visits can be stopped', async ({
  app: screen,
}) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await expect(screen.getByRole('button', { name: '0 jobs' })).toBeVisible()
  await chip(screen, 'Old copy').click()
  for (const path of ['/lists/cherry', '/lists/mango', '/menu-card/mango']) await expect(pageRow(screen, path)).toBeVisible()
  await screen.getByRole('checkbox', { name: 'Select all shown' }).check()
  await screen.getByRole('button', { name: /^Plan for \d+/ }).click()
  await expect(column(screen, 'Now')).toContainText(/\d+ pages?/)
  const all = Number(/Choose for all (\d+)/.exec(await column(screen, 'When visited').innerText())?.[1])
  expect(all).toBeGreaterThan(2)

  await column(screen, 'When visited')
    .getByRole('button', { name: `Choose for all ${all}` })
    .click()
  await expect(column(screen, 'When visited')).toContainText(`${all} pages`)
  await expect(column(screen, 'When visited')).toContainText(`up to ${all} items · free`)
  await expect(column(screen, 'When visited')).toContainText('The first visitor of each page still sees the old one.')
  await expect(screen.getByRole('heading', { name: `${all} pages purged when visited` })).toBeVisible()

  await screen
    .getByRole('checkbox', { name: /^Select/ })
    .first()
    .check()
  await screen
    .getByRole('group', { name: 'When the selected pages are purged' })
    .getByRole('button', { name: 'Let expire' })
    .click()
  await expect(column(screen, 'Let expire')).toContainText('1 page')
  await expect(column(screen, 'Let expire')).toContainText(/It expires in \d+|nobody knows when|have expired/i)
  await screen.getByRole('tab', { name: 'Let expire 1' }).click()
  await expect(screen.getByRole('row', { name: /purging costs 1 item/ })).toBeVisible()
  await screen.getByRole('button', { name: 'Undo “Let expire: 1 page”' }).click()
  await expect(column(screen, 'Let expire')).toContainText('0 pages')

  await column(screen, 'When visited').getByRole('textbox', { name: 'At most, in items' }).fill('2')
  await column(screen, 'When visited').getByRole('textbox', { name: 'At most, in items' }).press('Enter')
  await expect(column(screen, 'When visited')).toContainText('2 of them on visits at most')
  await screen.getByRole('button', { name: 'Start' }).click()
  await expect(screen.getByRole('status').filter({ hasText: 'Nothing was purged at once' })).toBeVisible()
  const watch = screen.getByRole('region', { name: 'Purged when visited' })
  await expect(watch).toContainText(`${all} pages wait for a visit · 0 of at most 2 items used`)
  await expect(screen.getByText(/^0 of 1,000 purges used/)).toBeVisible()
  await watch.getByRole('button', { name: 'Stop purging on visits' }).click()
  await expect(watch).toContainText('Purging on visits was stopped')

  await rail(screen, 'Activity').click()
  await expect(screen.getByText('Cancelled: pages of a plan are not purged on visits any more.').first()).toBeVisible()
})
