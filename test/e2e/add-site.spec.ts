import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startFakeNetlify } from '../main/providers/fake-netlify.ts'
import { startSiteServer } from '../support/site-server.ts'
import { startTestDemo, type TestDemo } from '../support/demo.ts'
import { expect, test } from './panel.ts'
import { startPanel, startProgram } from './panel-process.ts'
import { pageRow, rail } from './screens.ts'
import { violationsOn } from '../support/axe.ts'
import { alert, enter, next, step } from './wizard.ts'

async function withKeys(app: Page, stack: TestDemo, pair = stack.demo.credentials): Promise<void> {
  await app.getByRole('radio', { name: 'Access keys' }).check()
  await app.getByLabel('Access key id').fill(pair.accessKeyId)
  await app.getByLabel('Secret access key').fill(pair.secretAccessKey)
}

async function violations(app: Page): Promise<unknown[]> {
  const found = await violationsOn(app)
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

test.describe('The wizard', () => {
  let home: string
  let stack: TestDemo
  const before = process.env['HOME']
  test.beforeEach(async () => {
    stack = await startTestDemo()
    home = mkdtempSync(join(tmpdir(), 'frostline-e2e-aws-'))
    mkdirSync(join(home, '.aws'))
    writeFileSync(
      join(home, '.aws/config'),
      '[profile work]\nsso_session = work\nsso_account_id = 111122223333\nsso_role_name = ops\n[sso-session work]\nsso_start_url = https://work.example/start\nsso_region = eu-central-1\n',
    )
  })
  test.afterEach(async () => {
    process.env['HOME'] = before
    rmSync(home, { recursive: true, force: true })
    await stack.demo.close()
  })

  test('says of every kind of refusal what to do, keeps what was entered, and ends with the site being checked', async ({
    page,
  }) => {
    test.slow()
    const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-e2e-'))
    process.env['HOME'] = home
    const panel = await startProgram(
      ['main/frostline.js', '--no-open', '--no-demo', '--data', dataFolder],
      dataFolder,
      process.cwd(),
    )
    const app = page
    await app.goto(panel.address)
    await app.getByRole('link', { name: 'Add your own site' }).click()
    await expect(step(app, 'Which site?')).toBeVisible()
    await expect(app.getByLabel('Address', { exact: true })).toBeFocused()

    await enter(app, 'not an address')
    await expect(app.getByText('This is not a web address.')).toBeVisible()
    await enter(app, 'https://nowhere.invalid')
    await expect(alert(app)).toContainText('nowhere.invalid was not found')
    await enter(app, 'http://127.0.0.1:9')
    await app.getByRole('button', { name: 'It is mine: look' }).click()
    await expect(alert(app)).toContainText('nothing listens there')
    const wall = await startSiteServer(() => ({ status: 403, body: 'no' }))
    await enter(app, wall.url)
    await app.getByRole('button', { name: 'It is mine: look' }).click()
    await expect(step(app, 'What answers')).toContainText('refuses this request (status 403)')
    await wall.stop()

    await app.getByRole('button', { name: 'Back' }).click()
    await enter(app, stack.demo.urls.site)
    await app.getByRole('button', { name: 'It is mine: look' }).click()
    const seen = step(app, 'What answers')
    await expect(seen.getByText(/^x-amz-cf-pop: /)).toBeVisible()
    await expect(seen.getByText('<ssr-cache> elements')).toBeVisible()
    await expect(seen.getByRole('combobox', { name: 'Edge' })).toHaveValue('CloudFront')
    expect(await violations(app)).toEqual([])
    await seen.getByLabel('Name').fill('My lollies')
    await next(app)

    const access = step(app, 'Access')
    await access.getByRole('radio', { name: 'Profile work' }).check()
    await expect(access.getByText('Run aws sso login --profile work')).toBeVisible()
    await next(app)
    await expect(alert(app)).toContainText('aws sso login --profile work')
    await withKeys(app, stack, { ...stack.demo.credentials, secretAccessKey: 'wrong' })
    await access.getByRole('button', { name: 'Another service' }).click()
    await access.getByLabel('Endpoint', { exact: true }).fill(stack.demo.urls.control)
    await next(app)
    await expect(alert(app)).toContainText('AWS does not accept these credentials')
    await app.reload()
    await expect(app.getByRole('radio', { name: 'Access keys' })).toBeChecked()
    await expect(app.getByLabel('Secret access key')).toHaveValue('')
    await withKeys(app, stack, stack.demo.restrictedCredentials)
    await next(app)

    const zones = step(app, 'Distribution and zones')
    await expect(zones.getByRole('radio', { name: new RegExp(stack.site.edge.distributionId) })).toBeChecked()
    await expect(zones.getByText('2 zones')).toBeVisible()
    await zones.getByRole('button', { name: 'Test connection' }).click()
    const permissions = zones.getByRole('status', { name: 'Permissions' })
    await expect(permissions).toContainText('1 permission missing')
    await expect(permissions).toContainText('Allow cloudfront:GetCachePolicy')
    await expect(zones.getByLabel('IAM policy')).toHaveValue(
      new RegExp(`arn:aws:cloudfront::\\d{12}:distribution/${stack.site.edge.distributionId}`),
    )
    expect(await violations(app)).toEqual([])
    await zones.getByLabel('Or its id').fill('EMISSING00001')
    await zones.getByRole('button', { name: 'Test connection' }).click()
    await expect(permissions).toHaveText(/^There is no distribution EMISSING00001 in this account.*shows once the id is right\.$/)
    await expect(permissions).toBeInViewport()
    await zones.getByRole('radio', { name: new RegExp(stack.site.edge.distributionId) }).check()
    await zones.getByRole('button', { name: 'Leave out http://gifts' }).click()
    await expect(zones.getByText('1 zone', { exact: true })).toBeVisible()
    await zones.getByRole('button', { name: 'Add zones' }).click()
    await zones.getByLabel('Hosts or addresses').fill('gifts.localhost\nwhat is this\n*.localhost')
    await zones.getByRole('button', { name: 'Add these zones' }).click()
    await expect(zones.getByText('1 zone added. *.localhost names no host')).toBeVisible()

    await app.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Access' }).click()
    const netlify = await startFakeNetlify()
    await app.getByRole('button', { name: 'Builds, origin, bucket and renderer' }).click()
    await app.getByRole('combobox', { name: 'Builder' }).click()
    await app.getByRole('option', { name: 'Netlify' }).click()
    await app.getByLabel('Netlify site id').fill('3970e0fe-8564-4903-9a55-c5f8de49fb8b')
    await app.getByLabel('Personal access token').fill('nfp_wrong')
    await app.getByLabel('Base address of the API').fill(netlify.baseUrl)
    await app.getByRole('button', { name: 'Test connection' }).click()
    await expect(app.getByRole('status', { name: 'Connection test' })).toContainText('Netlify does not accept this token')
    await app.getByRole('combobox', { name: 'Builder' }).click()
    await app.getByRole('option', { name: 'Build hook' }).click()
    await netlify.stop()
    await next(app)
    await expect(step(app, 'Distribution and zones')).toBeVisible()
    await next(app)

    const pages = step(app, 'How pages are found')
    await expect(pages.getByRole('radio', { name: 'The sitemaps' })).toBeChecked()
    await next(app)
    const check = step(app, 'First check')
    await check.getByLabel('Pages that are checked first').fill('25')
    await expect(
      check.getByText('The first 25 pages of all 2 zones together are checked, which makes your origin render at most 25 pages'),
    ).toBeVisible()
    await check.getByRole('button', { name: 'Test everything' }).click()
    await expect(check.getByText('Everything answers.')).toBeVisible()
    expect(await violations(app)).toEqual([])
    await check.getByRole('button', { name: 'Add site and check' }).click()
    await expect(app.getByRole('heading', { name: 'Pages' })).toBeVisible()
    await expect(pageRow(app, '/', 'lollies').first()).toBeVisible({ timeout: 30_000 })
    await expect(app.getByRole('banner').getByText('My lollies')).toBeVisible()

    await rail(app, 'Sites').click()
    await app.getByRole('button', { name: 'Add site' }).click()
    await enter(app, stack.demo.urls.site)
    await expect(alert(app)).toContainText('is a zone of My lollies already')
    await expect(app.getByRole('button', { name: 'Continue' })).toBeDisabled()
    await app.getByRole('link', { name: 'Open My lollies' }).click()
    await expect(app.getByRole('heading', { name: 'Pages' })).toBeVisible()
    for (const file of ['frostline.db', 'frostline.db-wal']) {
      expect(readFileSync(join(dataFolder, file), 'latin1')).not.toContain(stack.demo.restrictedCredentials.secretAccessKey)
    }
    await panel.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  })

  test('takes five clicks at most where everything is known already', async ({ page }) => {
    test.slow()
    const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-e2e-'))
    const { accessKeyId, secretAccessKey } = stack.demo.credentials
    writeFileSync(join(home, '.aws/config'), `[default]\nregion = us-east-1\nendpoint_url = ${stack.demo.urls.control}\n`)
    writeFileSync(
      join(home, '.aws/credentials'),
      `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    )
    process.env['HOME'] = home
    const panel = await startProgram(
      ['main/frostline.js', '--no-open', '--no-demo', '--data', dataFolder],
      dataFolder,
      process.cwd(),
    )
    await page.goto(panel.address)
    await page.goto(new URL('/sites/new', panel.address).href)
    let clicks = 0
    const click = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click()
      clicks += 1
    }
    await page.getByLabel('Address', { exact: true }).fill(stack.demo.urls.site)
    await click('Look')
    await click('It is mine: look')
    await click('Continue')
    await click('Continue')
    await click('Add now')
    await expect(page.getByRole('heading', { name: 'Pages' })).toBeVisible()
    expect(clicks).toBeLessThanOrEqual(5)
    await expect(pageRow(page, '/', 'lollies').first()).toBeVisible({ timeout: 30_000 })
    await panel.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  })
})

test('a first run from zero: the built-in site is alive, and the tour ticks itself off by what happens', async ({ page }) => {
  test.slow()
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-e2e-'))
  const panel = await startPanel(dataFolder)
  await page.goto(panel.address)
  const welcome = page.getByRole('region', { name: 'Welcome' })
  await expect(welcome).toBeVisible()
  await page.getByRole('button', { name: 'Take the tour (2 minutes)' }).click({ timeout: 60_000 })
  const tour = page.getByRole('complementary', { name: 'Tour' })
  const ticked = (title: string) =>
    expect(tour.getByRole('listitem', { name: `${title}, done` })).toBeVisible({ timeout: 60_000 })
  await expect(tour).toContainText('Change the menu')

  const [controls] = await Promise.all([
    page.context().waitForEvent('page'),
    tour.getByRole('link', { name: 'Open the demo controls' }).click(),
  ])
  await controls.getByRole('textbox', { name: /Label of the entry/ }).fill('Every lolly')
  await controls.getByRole('button', { name: 'Save the menu' }).click()
  await ticked('Change the menu')

  await tour.getByRole('link', { name: 'Open the tag' }).click()
  const tag = page.getByRole('complementary', { name: 'Tag' })
  await tag.getByRole('button', { name: 'Mark as changed…' }).click()
  await page.getByRole('dialog').getByRole('textbox').first().fill('menu: new label')
  await page.getByRole('dialog').getByRole('button', { name: /^Mark/ }).click()
  await ticked('Say what changed')
  await tour.getByRole('link', { name: 'Show them' }).click()
  await ticked('See the pages that wait')
  await page.reload()
  await ticked('See the pages that wait')
  await tour.getByRole('link', { name: 'Open the tag' }).click()
  await tag.getByRole('button', { name: 'Plan a purge…' }).click()
  await ticked('Plan a purge')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await ticked('Start it')
  await expect(page.getByRole('heading', { name: /shows? the new version/ })).toBeVisible({ timeout: 90_000 })
  await expect(tour).toContainText('That is all of it.')
  expect(await violations(page)).toEqual([])
  await tour.getByRole('link', { name: 'Add your own site' }).click()
  await expect(tour).toBeHidden()
  await expect(step(page, 'Which site?')).toBeVisible()
  await panel.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})
