import type { Locator, Page } from '@playwright/test'
import { expect, test } from './panel.ts'
import { chip, pageRow, rail } from './screens.ts'

const verdict = (page: Page): Locator => page.getByRole('article', { name: 'Verdict' })
const address = (page: Page): Locator => page.getByRole('textbox', { name: 'Address of the page' })

/** Asks about an old page from its panel; its address. */
async function askFromPanel(page: Page, path: string): Promise<string> {
  await expect(chip(page, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await chip(page, 'Old copy').click()
  await pageRow(page, path).click()
  await page.getByRole('complementary', { name: 'Page' }).getByRole('link', { name: 'Why?' }).click()
  await expect(verdict(page)).toBeVisible()
  return new URL(page.url()).searchParams.get('url') ?? ''
}

test('an old copy: where it comes from, what to tell the customer, and a purge that is planned and mends it', async ({
  app: screen,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const url = await askFromPanel(screen, '/lists/cherry')
  expect(url).toMatch(/\/lists\/cherry$/)
  const card = verdict(screen)
  const heading = card.getByRole('heading', { level: 2 })
  await expect(heading).toBeFocused()
  await expect(heading).toContainText('The edge still gives the page of the deploy')
  await expect(card).toContainText(/Old copy\s*Proven/)
  const chain = card.getByRole('list', { name: 'From the visitor to the content' })
  await expect(chain.getByRole('img', { name: /broken here/ })).toHaveCount(1)
  await expect(card).toContainText('Right by itself at the latest at')
  await expect(screen.getByRole('main')).not.toContainText('{{time')

  await card.getByRole('button', { name: 'Copy for customer' }).click()
  await expect(card.getByRole('button', { name: 'Copied' })).toBeVisible()
  const told = await screen.evaluate(() => navigator.clipboard.readText())
  expect(told).toMatch(/earlier copy/)
  expect(told).not.toContain('{{time')
  await expect(card.getByRole('button', { name: 'Copy report' })).toBeVisible()
  await card.getByRole('button', { name: 'Copy report' }).click()
  await expect.poll(() => screen.evaluate(() => navigator.clipboard.readText())).toContain('lists/cherry')

  await screen.getByRole('button', { name: /^The evidence/ }).click()
  const evidence = screen.getByRole('region', { name: 'The evidence' })
  await evidence
    .getByRole('button', { name: /headers$/ })
    .first()
    .click()
  await expect(evidence.getByRole('row', { name: /^x-cache/ })).toBeVisible()

  await card.getByRole('button', { name: /^Purge this page 1 item/ }).click()
  await expect(screen).toHaveURL(/\/purges\/[\w-]+/)
  await expect(screen.getByText(/^0 of 1,000 purges used/)).toBeVisible()
  await screen.getByRole('button', { name: 'Start' }).click()
  await expect(screen.getByRole('status').filter({ hasText: /shows? the new version/ })).toBeVisible({ timeout: 60_000 })

  await rail(screen, 'Why?').click()
  await address(screen).fill(url)
  await expect(screen.getByText(/^At most 24 requests to Lollies/)).toBeVisible()
  await address(screen).press('Enter')
  await expect(card.getByRole('button', { name: 'Ask again' })).toBeVisible()
  await card.getByRole('button', { name: 'Ask again' }).click()
  await expect(card).toContainText('Up to date')
})

test('what the customer got, addresses of nobody, and addresses that are none', async ({ app: screen }) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await rail(screen, 'Why?').click()
  await address(screen).fill('mailto:someone@example.com')
  await address(screen).press('Enter')
  await expect(screen.getByText(/Paste a whole address, such as/)).toBeVisible()
  await expect(address(screen)).toBeFocused()

  await address(screen).fill('http://127.0.0.1:1/nothing')
  await address(screen).press('Enter')
  await expect(verdict(screen)).toContainText(
    '127.0.0.1:1 was not asked: it is inside a private network and belongs to no registered site.',
  )
  await expect(verdict(screen)).toContainText('This address belongs to no registered site.')

  const site = await screen.getByRole('link', { name: 'Open the site' }).getAttribute('href')
  await screen.getByRole('button', { name: 'Paste what the customer got' }).click()
  await screen.getByRole('textbox', { name: 'Response headers or a HAR file' }).fill('hello')
  await address(screen).fill(new URL('/lists/cherry', site ?? '').href)
  await address(screen).press('Enter')
  await expect(screen.getByRole('group', { name: 'What the customer got' }).getByRole('alert')).toContainText('response headers')
  await screen
    .getByRole('textbox', { name: 'Response headers or a HAR file' })
    .fill(
      'HTTP/1.1 200 OK\nage: 4120\ncache-control: public, max-age=0, s-maxage=86400\nx-cache: Hit from cloudfront\nx-amz-cf-pop: LHR61-P2\nset-cookie: sid=s3cret',
    )
  await address(screen).press('Enter')
  await expect(verdict(screen)).toBeVisible()
  await expect(screen.getByRole('main')).toContainText('LHR61')
  await screen.getByRole('button', { name: /^The evidence/ }).click()
  await expect(screen.getByRole('region', { name: 'The evidence' })).not.toContainText('s3cret')
  await expect(verdict(screen)).not.toContainText('s3cret')
})
