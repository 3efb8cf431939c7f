import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront'
import type { Page } from '@playwright/test'
import { SiteInput } from '#shared/sites.ts'
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
  await expect(screen.getByRole('button', { name: /^Purge \d+ old cop/ })).toContainText(/of (at most )?1,000 free purges/)

  await rail(screen, 'Budget').click()
  await expect(screen.getByText('Nothing has been purged yet')).toBeVisible()
  await field(screen, 'Price of each further item').fill('half a cent')
  await screen.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(screen.getByText('The price must be in dollars with at most six digits after the point')).toBeVisible()
  await field(screen, 'Price of each further item').fill('0.0025')
  await field(screen, 'Free items a month').fill('3')
  await field(screen, 'Ask when a plan passes').fill('5')
  await screen.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(screen.getByText('0 of 3 purges used', { exact: true }).first()).toBeVisible()

  await planFor(screen, ['/feed-1.xml', '/feed-2.xml', '/feed-3.xml', '/feed-4.xml'])
  await expect(screen.getByRole('heading', { name: /4 purges · \$0\.0025/ })).toBeVisible()
  await screen.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(result(screen)).toContainText('4 purges used ($0.0025)', { timeout: 60_000 })

  await planFor(screen, ['/a.xml', '/b.xml'])
  await expect(screen.getByText('This passes the limit of 5 items: with it the month has 6.')).toBeVisible()
  await screen.getByRole('button', { name: 'Start…' }).click()
  await screen.getByRole('button', { name: 'Start and pass the limit' }).click()
  await expect(result(screen)).toContainText('2 purges used ($0.005)', { timeout: 60_000 })

  await rail(screen, 'Budget').click()
  await expect(screen.getByText('6 purges used, 3 of them free', { exact: true }).first()).toBeVisible()
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

/** Another client of the same account, such as a pipeline. */
async function purgeElsewhere(dataFolder: string, items: string[], reference: string): Promise<void> {
  const { edge } = SiteInput.parse(JSON.parse(readFileSync(join(dataFolder, 'demo', 'site.json'), 'utf8')))
  if (edge.kind !== 'cloudfront' || edge.credentials.kind !== 'keys' || edge.endpoint === undefined)
    throw new Error('the demo gives keys and an endpoint')
  const client = new CloudFrontClient({ region: edge.region, endpoint: edge.endpoint, credentials: edge.credentials })
  const batch = { CallerReference: reference, Paths: { Quantity: items.length, Items: items } }
  await client.send(new CreateInvalidationCommand({ DistributionId: edge.distributionId, InvalidationBatch: batch }))
  client.destroy()
}

test('what others sent is read on demand, has its own colour, filters the ledger and is exported', async ({
  app: screen,
  panel,
}) => {
  await rail(screen, 'Budget').click()
  await expect(screen.getByText(/^Everything that was sent with this account is counted/)).toBeVisible()
  await purgeElsewhere(
    panel.dataFolder,
    Array.from({ length: 118 }, (_, index) => `/ci/${index}`),
    '=pipeline',
  )
  await purgeElsewhere(panel.dataFolder, ['/other'], 'frostline/k2m9aaaa/p3q4/6f1c/1')
  await screen.getByRole('button', { name: 'Reconcile now' }).click()
  await expect(screen.getByText('Outside Frostline: 118 items')).toBeVisible()
  await expect(screen.getByText('119 of 1,000 purges used', { exact: true }).first()).toBeVisible()
  await expect(screen.getByText(/^(Too early to tell how the month ends|The month ends at about)/).first()).toBeVisible()

  const table = screen.getByRole('table', { name: 'Purges on this account' })
  await expect(table.getByRole('row')).toHaveCount(3)
  // By keyboard, as by mouse.
  await screen.getByRole('button', { name: /^Outside Frostline 118 items/ }).press('Enter')
  await expect(table.getByRole('row')).toHaveCount(2)
  const saved = screen.waitForEvent('download')
  await screen.getByRole('button', { name: 'Export', exact: true }).click()
  await screen.getByRole('menuitem', { name: 'CSV' }).click()
  const csv = readFileSync(await (await saved).path(), 'utf8').split('\r\n')
  expect(csv).toHaveLength(3)
  expect(csv[1]).toMatch(
    /^"\d{4}-\d\d-\d\dT[\d:.]+Z","\d{4}-\d\d","Outside Frostline","Outside Frostline","Lollies",.*,118,0,"0\.000000",0,"Completed",/,
  )
  await screen.getByRole('button', { name: 'Only Outside Frostline' }).click()
  await expect(table.getByRole('row')).toHaveCount(3)
})

test('a hard stop starts with the owner’s reason, and with nothing else', async ({ app: screen }) => {
  await rail(screen, 'Budget').click()
  await field(screen, 'Stop at').fill('1')
  await rail(screen, 'Home').click()
  const question = screen.getByRole('dialog', { name: 'Leave without saving?' })
  await expect(question).toContainText('What you changed of the allowance and price has not been saved.')
  await question.getByRole('button', { name: 'Go on editing' }).click()
  await screen.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(screen.getByText('stops at 1', { exact: true })).toBeVisible()
  // What stays below the stop is not asked about; after it no way to purge is left that keeps it.
  await planFor(screen, ['/a.xml'])
  await screen.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(result(screen)).toContainText('1 purge used (free)', { timeout: 60_000 })
  await planFor(screen, ['/b.xml'])
  await expect(screen.getByText(/^The hard stop leaves 0 purges/)).toBeVisible()
  await screen.getByRole('button', { name: 'Start…' }).click()
  const start = screen.getByRole('button', { name: 'Start and pass the stop' })
  await expect(start).toBeDisabled()
  await field(screen, 'Why it passes the hard stop').fill('The menu is wrong')
  await start.click()
  await expect(result(screen)).toContainText('1 purge used (free)', { timeout: 60_000 })
  await rail(screen, 'Activity').click()
  await expect(screen.getByText('Passed the hard stop of 1 item: The menu is wrong')).toBeVisible()
})
