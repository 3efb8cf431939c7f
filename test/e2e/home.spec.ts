import { expect, test } from './panel.ts'

test('Home shows how freshness went over time, as a chart and as a table', async ({ app }) => {
  await app.getByRole('navigation').getByRole('link', { name: 'Home' }).click()
  const history = app.getByRole('region', { name: 'Freshness over time' })
  await expect(history.getByRole('img', { name: /^Pages by freshness, the last 1 hour/ })).toBeVisible({ timeout: 40_000 })
  await history.getByRole('button', { name: 'Show as a table' }).click()
  const table = history.getByRole('table', { name: 'Pages by freshness over time' })
  // The first-start site shows old copies within seconds; the samples follow what the pages say.
  await expect(table.getByRole('columnheader', { name: 'Old copy' })).toBeVisible({ timeout: 40_000 })
  await history.getByText('90 days').click()
  await expect(history.getByRole('img', { name: /the last 90 days/ })).toBeVisible()
})
