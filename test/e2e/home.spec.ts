import { expect, test } from './panel.ts'

test('Home shows how freshness went over time, as a chart and as a table', async ({ app }) => {
  await app.getByRole('navigation').getByRole('link', { name: 'Home' }).click()
  const history = app.getByRole('region', { name: 'Freshness over time' })
  await expect(history.getByRole('figure', { name: /^Pages by freshness, the last 1 hour/ })).toBeVisible({ timeout: 40_000 })
  await history.getByRole('button', { name: 'Show as a table' }).click()
  const table = history.getByRole('table', { name: 'Pages by freshness over time' })
  // The first-start site shows old copies within seconds; the samples follow what the pages say.
  await expect(table.getByRole('columnheader', { name: 'Old copy' })).toBeVisible({ timeout: 40_000 })
  await history.getByText('90 days').click()
  await expect(history.getByRole('figure', { name: /the last 90 days/ })).toBeVisible()
})

test('The palette opens the page that was found last, by Enter alone', async ({ app }) => {
  await app.keyboard.press('Control+k')
  await app.getByRole('combobox', { name: 'Search or do anything' }).fill('/lists/cherr')
  await expect(app.getByRole('option', { name: /\/lists\/cherry.*lollies\.localhost/ })).toBeVisible()
  await app.keyboard.press('Enter')
  await expect(app).toHaveURL(/page=\d+/)
  await expect(app.getByRole('complementary').getByText('/lists/cherry').first()).toBeVisible()
})

test('A core that goes away is told in one calm line, and nothing breaks', async ({ page, panel }) => {
  // The browser itself reports each refused connection on its console; scripts must not fail.
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(String(error)))
  await page.goto(panel.address)
  await expect(page.getByRole('button', { name: /^Lollies/ })).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click()
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await panel.stop()
  await expect(page.getByRole('status').filter({ hasText: 'Connection to Frostline lost' })).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Tags' }).click()
  await expect(page.getByRole('heading', { name: 'Tags' })).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect(broken).toEqual([])
})
