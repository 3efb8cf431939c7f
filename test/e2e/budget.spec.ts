import type { Page } from '@playwright/test'
import { expect, test } from './panel.ts'
import { rail } from './screens.ts'

const field = (page: Page, name: string) => page.getByRole('textbox', { name })

async function planFor(page: Page, paths: readonly string[]): Promise<void> {
  await rail(page, 'Purges').click()
  await page.getByRole('button', { name: 'New purge…' }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill(paths.join('\n'))
  await page.getByRole('button', { name: 'Work out a plan' }).click()
  await expect(page.getByRole('heading', { name: new RegExp(`${paths.length} purges? ·`) })).toBeVisible()
}

const result = (page: Page) => page.getByRole('status').filter({ hasText: /purges? used/ })

test('the budget moves by what the plan said, with the owner’s prices, and asks above the limit', async ({ app: screen }) => {
  await rail(screen, 'Home').click()
  await expect(screen.getByRole('status', { name: 'What visitors get' })).toContainText(/Visitors get release r-\d+/)
  await expect(screen.getByRole('button', { name: /^Purge \d+ old cop/ })).toContainText(/of at most 1,000 free purges/)

  await rail(screen, 'Budget').click()
  await expect(screen.getByText('Nothing has been purged yet')).toBeVisible()
  await field(screen, 'Price of each further item').fill('half a cent')
  await screen.getByRole('button', { name: 'Save' }).click()
  await expect(screen.getByText('The price must be in dollars with at most six digits after the point')).toBeVisible()
  await field(screen, 'Price of each further item').fill('0.0025')
  await field(screen, 'Free items a month').fill('3')
  await field(screen, 'Ask when a plan passes').fill('5')
  await screen.getByRole('button', { name: 'Save' }).click()
  await expect(screen.getByText('At least 0 of 3 purges used').first()).toBeVisible()

  await planFor(screen, ['/feed-1.xml', '/feed-2.xml', '/feed-3.xml', '/feed-4.xml'])
  await expect(screen.getByRole('heading', { name: /4 purges · \$0\.0025/ })).toBeVisible()
  await screen.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(result(screen)).toContainText('4 purges used ($0.0025)', { timeout: 60_000 })

  await planFor(screen, ['/a.xml', '/b.xml'])
  await expect(screen.getByText('This passes your limit of 5 items: with it the month has 6.')).toBeVisible()
  await screen.getByRole('button', { name: 'Start…' }).click()
  await screen.getByRole('button', { name: 'Start and pass the limit' }).click()
  await expect(result(screen)).toContainText('2 purges used ($0.005)', { timeout: 60_000 })

  await rail(screen, 'Budget').click()
  await expect(screen.getByText('At least 6 purges used, 3 of them free').first()).toBeVisible()
  const table = screen.getByRole('table', { name: 'Purges on this account' })
  await expect(table.getByRole('row')).toHaveCount(3)
  await table.getByRole('button', { name: '2 items' }).click()
  await expect(table.getByRole('list', { name: 'Items' })).toContainText('/a.xml')
  await expect(table.getByRole('row').filter({ hasText: '4 items' })).toContainText('$0.0025, 1 charged')

  await rail(screen, 'Activity').click()
  await screen.getByRole('combobox', { name: 'Kind' }).selectOption('Purge')
  const entries = screen.getByRole('table', { name: 'Activity' }).getByRole('row')
  await expect(entries).toHaveCount(5)
  await expect(entries.filter({ hasText: '2 purges, $0.005' })).toHaveCount(1)
})
