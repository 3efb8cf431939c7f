import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { SiteInput } from '#shared/sites.ts'
import { lookAt } from './looks.ts'
import { complaintsOf, expect, test } from './panel.ts'
import { callAs, inviteTo } from './people.ts'
import { addSanity, publish } from './sanity.ts'
import { chip, chipCount, openControls, openTag, pageRow, rail, rowCount, searchPaths } from './screens.ts'

/** What changes a site, its pages or its money, whatever screen offers it. */
const CHANGES =
  /purge|rebuild|roll back|go forward|publish|delete|remove|revoke|^add|add s|mark as changed|new rule|pause|^save|rotate|unpin/i

/** The secrets with which the panel signs its calls to the built-in stack. */
function secretsOf(dataFolder: string): string[] {
  const { edge } = SiteInput.parse(JSON.parse(readFileSync(join(dataFolder, 'demo', 'site.json'), 'utf8')))
  if (edge.kind !== 'cloudfront' || edge.credentials.kind !== 'keys') throw new Error('the demo gives keys')
  return [edge.credentials.accessKeyId, edge.credentials.secretAccessKey]
}

// What is missing is said soon: a day has many steps.
test.describe.configure({ mode: 'parallel', timeout: 300_000 })
test.use({ actionTimeout: 20_000 })

test('the owner: a lolly becomes a page, a menu goes wrong and back, and all of it is on record', async ({ panel, page }) => {
  const complaints = complaintsOf(page)
  await page.goto(panel.address)
  // From zero: Home is where an owner begins, and its site is already alive.
  await expect(page.getByRole('region', { name: 'Welcome' })).toBeVisible()
  const truth = page.getByRole('status', { name: 'What visitors get' })
  await expect(truth).toContainText(/Visitors get release r-2 .*\d+ of \d+ pages (is an|are) old cop/, { timeout: 40_000 })
  await lookAt(page, 'owner-home')

  const controls = await openControls(page)
  await controls.getByRole('textbox', { name: 'For' }).fill('Hedy')
  await controls.getByRole('button', { name: 'Post it' }).click()
  const posted = controls.getByRole('status').filter({ hasText: '/lolly/' })
  const path = /\/lolly\/\w+/.exec(await posted.innerText())?.[0] ?? ''
  const site = (await controls.getByRole('link', { name: 'Open the site' }).getAttribute('href')) ?? ''
  const visitor = await page.context().newPage()
  await visitor.goto(new URL(path, site).href)
  await expect(visitor.getByText('Hedy').first()).toBeVisible()
  await rail(page, 'Pages').click()
  await searchPaths(page, path)
  await expect(pageRow(page, path)).toContainText('fallback')

  const rebuild = async () => {
    await rail(page, 'Home').click()
    await page
      .getByRole('group', { name: 'What you can do' })
      .getByRole('button', { name: /^Rebuild now/ })
      .click()
    const running = page.getByRole('region', { name: /Running build/ })
    await expect(running).toBeVisible()
    return running
  }
  const live = page.getByRole('table', { name: 'Deploys' }).getByRole('row').filter({ hasText: 'Live' })
  const running = await rebuild()
  await lookAt(page, 'owner-build')
  await expect(running).toBeHidden({ timeout: 60_000 })
  await expect(live).toContainText('Rebuild from Frostline')
  const good = /r-\d+/.exec(await live.innerText())?.[0] ?? ''
  await rail(page, 'Pages').click()
  await searchPaths(page, path)
  await expect(pageRow(page, path)).toContainText('static')
  await lookAt(page, 'owner-static')

  await controls.getByRole('textbox', { name: /Label of the entry/ }).fill('A menu to regret')
  await controls.getByRole('button', { name: 'Save the menu' }).click()
  await expect(controls.getByRole('status')).toContainText('A menu to regret')
  await expect(await rebuild()).toBeHidden({ timeout: 60_000 })
  await expect(live).not.toContainText(good)
  await visitor.goto(new URL('/lists', site).href)

  await rail(page, 'Home').click()
  await page.getByRole('button', { name: new RegExp(`^Roll back to “Rebuild from Frostline” \\(${good}\\)`) }).click()
  const dialog = page.getByRole('dialog', { name: /^Roll back to/ })
  await expect(dialog).toContainText(/When visitors see it/)
  await lookAt(page, 'owner-roll-back')
  await dialog.getByRole('button', { name: 'Roll back', exact: true }).click()
  await expect(page.getByRole('link', { name: `Pinned to ${good}` })).toBeVisible()
  // What the edge holds of the newer release is purged by itself afterwards; Builds says what became of the switch.
  const switched = page.getByRole('region', { name: /^Switch: Back to/ })
  await rail(page, 'Builds').click()
  await expect(switched).toContainText(`Visitors get ${good}`, { timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Pinned' })).toContainText(/ by \w+/)
  await lookAt(page, 'owner-pinned')
  // A purge between two releases would store the wrong pages: the way forward is open when it has ended.
  await expect(page.getByRole('button', { name: /\b0 jobs/ })).toBeVisible({ timeout: 60_000 })
  await rail(page, 'Builds').click()
  await page.getByRole('button', { name: /^Unpin/ }).click()
  const forward = page.getByRole('dialog', { name: /^Go forward to/ })
  await expect(forward).toContainText('measured here')
  await forward.getByRole('button', { name: 'Go forward', exact: true }).click()
  await expect(page.getByRole('link', { name: `Pinned to ${good}` })).toBeHidden({ timeout: 60_000 })

  await expect(page).toHaveURL(/\/purges\//, { timeout: 60_000 })
  await expect(page.getByRole('status').filter({ hasText: /shows? the new version/ })).toBeVisible({ timeout: 60_000 })

  await rail(page, 'Activity').click()
  const activity = page.getByRole('table', { name: 'Activity' })
  await lookAt(page, 'owner-activity')
  await expect(activity.getByRole('row', { name: /visitors get Rebuild from Frostline.*pinned to it/ })).toHaveCount(1)
  await expect(activity.getByRole('row', { name: /Build started: Rebuild from Frostline/ })).toHaveCount(2)
  const done = activity.getByRole('row', { name: /(\d+) of \1 show the (new version|older release) .*(\d+) purges?, free/ })
  await expect(done.first()).toBeVisible({ timeout: 60_000 })
  const costs = (await done.allInnerTexts()).map((text) => Number(/(\d+) purges?, free/.exec(text)?.[1]))
  await rail(page, 'Budget').click()
  await lookAt(page, 'owner-budget')
  const used = costs.reduce((sum, items) => sum + items, 0)
  expect(used).toBeGreaterThan(0)
  await expect(page.getByText(`${used} of 1,000 purges used`, { exact: true }).first()).toBeVisible()
  expect(await inviteTo(page, 'Support', 'Sam')).toContain('#link=')
  await expect(page.getByRole('row', { name: /Sam Support .* never/ })).toBeVisible()
  await lookAt(page, 'owner-people')
  expect(complaints).toEqual([])
})

test('the operator: old copies are purged for what the plan said, and the next change goes by a rule', async ({
  panel,
  page: owner,
  browser,
}) => {
  await owner.goto(panel.address)
  const source = await addSanity(owner)
  const link = await inviteTo(owner, 'Operator', 'Odile')
  const context = await browser.newContext()
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(link)
  await rail(page, 'Pages').click()
  await expect(chip(page, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  // What the first look has not reached yet would come into the list while it is worked on.
  await expect(page.getByRole('button', { name: /\b0 jobs/ })).toBeVisible({ timeout: 60_000 })
  await chip(page, 'Old copy').click()
  await expect(page).toHaveURL(/freshness=outdated/)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Old ones')
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByRole('button', { name: 'Old ones' })).toBeVisible()
  const old = await chipCount(page, 'Old copy')
  await expect.poll(() => rowCount(page)).toBe(old)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  const rows: Record<string, string>[] = parse(readFileSync(await (await saved).path(), 'utf8'), { columns: true })
  expect(rows).toHaveLength(old)
  expect(new Set(rows.map((row) => row['freshness']))).toEqual(new Set(['Old copy']))
  expect(rows.map((row) => new URL(row['url'] ?? '').pathname)).toContain('/lists/cherry')
  await lookAt(page, 'operator-old')

  await page.getByRole('checkbox', { name: 'Select all shown' }).check()
  await page.getByRole('button', { name: /^Plan for \d+/ }).click()
  const ways = page.getByRole('group', { name: 'How to purge' })
  for (const name of [/Exact/, /Balanced/, /Fewest items/])
    await expect(ways.locator('label').filter({ hasText: name })).toContainText(/\d+ items? · (free|\$0)/)
  await lookAt(page, 'operator-plan')
  await ways.getByRole('radio', { name: /Exact/ }).click()
  await expect(ways.getByRole('radio', { name: /Exact/ })).toBeChecked()
  const heading = page.getByRole('heading', { name: /\d+ purges? · free/ })
  const items = Number(/(\d+) purges? · free/.exec(await heading.innerText())?.[1])
  expect(items).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  const result = page.getByRole('status').filter({ hasText: /shows? the new version/ })
  await expect(result).toContainText(new RegExp(`\\b${items} purges? used \\(free\\)`), { timeout: 60_000 })
  await expect(result).toContainText(/^(\d+) of \1 show the new version/)
  await lookAt(page, 'operator-verified')
  await rail(page, 'Budget').click()
  await expect(page.getByText(`${items} of 1,000 purges used`, { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('table', { name: 'Purges on this account' }).getByRole('row', { name: /Odile/ })).toHaveCount(1)

  const controls = await openControls(page)
  await controls.getByRole('textbox', { name: /Label of the entry/ }).fill('Every lolly')
  await controls.getByRole('button', { name: 'Save the menu' }).click()
  await expect(controls.getByRole('status')).toContainText('Every lolly')
  const menu = await openTag(page, 'pb-menu:main-menu')
  await menu.getByRole('button', { name: 'Mark as changed…' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'What changed' }).fill('menu: new label')
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as changed' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await menu.getByRole('button', { name: 'What if this changes?' }).click()
  await expect(page).toHaveURL(/\/purges\/[\w-]+/)
  await expect(page.getByRole('switch', { name: 'Build first' })).toBeChecked()
  await lookAt(page, 'operator-what-if')

  expect(await publish(source, { _id: 'm1', _type: 'menu', slug: 'main-menu' })).toBe(202)
  await rail(page, 'Hooks').click()
  await expect(page.getByRole('table', { name: 'Deliveries' })).toContainText('menu · m1')
  await page.getByRole('button', { name: 'New rule…' }).click()
  const editor = page.getByRole('dialog')
  await editor.getByRole('textbox', { name: 'Type' }).fill('menu')
  await editor.getByRole('textbox', { name: 'Tag', exact: true }).fill('pb-menu:{slug}')
  const trial = editor.getByRole('region', { name: 'Dry run' })
  await expect(trial).toContainText(/Marks pb-menu:main-menu as changed: \d+ pages/)
  await expect(trial).toContainText('Nothing of this was done.')
  await lookAt(page, 'operator-rule')
  await editor.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('region', { name: 'Rules' })).toContainText('of type menu → mark pb-menu:{slug} as changed')

  await page.getByRole('button', { name: /^Lollies/ }).click()
  await page.getByRole('menuitem', { name: 'Pause all automation' }).click()
  const paused = page.getByRole('status').filter({ hasText: 'All automation is paused by Odile' })
  await expect(paused).toBeVisible()
  await lookAt(page, 'operator-paused')
  await paused.getByRole('button', { name: 'Resume' }).click()
  await expect(paused).toBeHidden()
  expect(complaints).toEqual([])
  await context.close()
})

test('support: explains an old page with nothing to break, and is signed out when the link is revoked', async ({
  panel,
  page: owner,
  browser,
}) => {
  await owner.goto(panel.address)
  await expect(owner.getByRole('status', { name: 'What visitors get' })).toContainText(/old cop/, { timeout: 40_000 })
  const link = await inviteTo(owner, 'Support', 'Sam')
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(link)
  await expect(page).toHaveURL(/\/why$/)
  expect(page.url()).not.toContain('link=')

  // Every screen that the rail shows can be read, and none can be used to change anything.
  const screens = await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').allInnerTexts()
  expect(screens.length).toBeGreaterThan(9)
  for (const name of screens.map((text) => text.split('\n')[0] ?? '')) {
    await rail(page, name).click()
    await expect(rail(page, name)).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('button', { name: CHANGES }), name).toHaveCount(0)
    await lookAt(page, `support-${name.replace(/\W/g, '').toLowerCase()}`)
  }

  await page.goto(new URL('/people', link).href)
  await expect(page.getByText('Only owners see people')).toBeVisible()

  const site = (await page.getByRole('link', { name: 'Open the site' }).getAttribute('href')) ?? ''
  const url = new URL('/lists/cherry', site).href
  await rail(page, 'Why?').click()
  await page.getByRole('textbox', { name: 'Address of the page' }).fill(url)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  const verdict = page.getByRole('article', { name: 'Verdict' })
  await expect(verdict).toContainText('The edge still gives the page of the deploy')
  await expect(verdict).toContainText('An operator or the owner can mend it')
  await expect(page.getByRole('button', { name: CHANGES })).toHaveCount(0)
  await lookAt(page, 'support-verdict')
  const secrets = secretsOf(panel.dataFolder)
  const copied = async (button: string) => {
    await verdict.getByRole('button', { name: button }).click()
    await expect(verdict.getByRole('button', { name: 'Copied' })).toBeVisible()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    // An account id is twelve digits.
    expect(text).not.toMatch(/(?<!\d)\d{12}(?!\d)|arn:aws/)
    await expect(verdict.getByRole('button', { name: button })).toBeVisible()
    return text
  }
  expect(await copied('Copy for customer')).toMatch(/earlier copy/)
  expect(await copied('Copy report')).toContain(url)

  await page.getByRole('button', { name: 'Paste what the customer got' }).click()
  await page
    .getByRole('textbox', { name: 'Response headers or a HAR file' })
    .fill('HTTP/1.1 200 OK\nage: 4120\nx-cache: Hit from cloudfront\nx-amz-cf-pop: LHR61-P2\nset-cookie: sid=s3cret')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(page.getByRole('main')).toContainText('LHR61')
  expect(await copied('Copy report')).not.toContain('s3cret')
  await lookAt(page, 'support-pasted')

  const call = await callAs(page)
  const siteId = (await call.client.sites.list())[0]?.id ?? ''
  await expect(call.client.plans.create({ siteId, selection: { kind: 'paths', text: url } })).rejects.toThrow(
    'A person with the role support may not do this.',
  )
  call.close()
  expect(complaints).toEqual([])

  await rail(owner, 'People').click()
  await owner.getByRole('button', { name: 'Revoke the link of Sam' }).click()
  await owner.getByRole('dialog').getByRole('button', { name: 'Revoke the link' }).click()
  await expect(page.getByRole('heading', { name: 'Not signed in' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Your sign-in link was revoked')
  await lookAt(page, 'support-revoked')
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Not signed in' })).toBeVisible()
  await context.close()
})
