import { expect, test } from './panel.ts'
import { originCursor, pathsAtOrigin, pathsWithTag } from './controls.ts'
import { checkShown, chip, chipCount, openControls, openTag, pageRow, rail, rowCount, searchPaths, showTag } from './screens.ts'

const WORDS = [
  'Waiting for build',
  'Old copy',
  'Refreshes on next visit',
  'Due',
  'Not at this edge',
  'Asks origin every time',
  'Error stored',
  'Not checked',
  'Up to date',
]
const MENU = 'pb-menu:main-menu'

test.describe('without a past', () => {
  test.use({ past: false })

  test('a first start shows every freshness word, and checking tells its cost before', async ({ app: screen }) => {
    for (const words of WORDS) await expect(chip(screen, words)).toHaveText(/[1-9][\d,]*$/)
    expect(await rowCount(screen)).toBeGreaterThan(340)
    // The first look checks pages for as long as it is a job.
    await expect(screen.getByRole('button', { name: '0 jobs' })).toBeVisible()
    await chip(screen, 'Not checked').click()
    await expect(screen.getByRole('row', { name: /Not checked$/ }).first()).toBeVisible()
    // How many they are changes while the built-in site lives: the button does what the sentence says.
    const cost = await checkShown(screen)
    const pages = /([\d,]+) pages, at most [\d,]+ requests\. No purges are used\./.exec(cost)?.[1]
    expect(cost).toMatch(new RegExp(`Check ${pages} pages$`))
    await expect(chip(screen, 'Not checked')).toHaveText(/\D0$/)
  })
})

test('a posted lolly is a fallback at once, appears here, and is static after a rebuild', async ({ app: screen }) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  const controls = await openControls(screen)
  await controls.getByRole('textbox', { name: 'For' }).fill('Hedy')
  await controls.getByRole('button', { name: 'Post it' }).click()
  const outcome = await controls.getByRole('status').filter({ hasText: '/lolly/' }).innerText()
  const path = /\/lolly\/\w+/.exec(outcome)?.[0] ?? ''
  const visitor = await controls.context().newPage()
  await visitor.goto(new URL(path, (await controls.getByRole('link', { name: 'Open the site' }).getAttribute('href')) ?? '').href)
  await expect(visitor.getByText('Hedy').first()).toBeVisible()

  await searchPaths(screen, path)
  await expect(pageRow(screen, path)).toContainText('fallback')
  await rail(screen, 'Builds').click()
  await screen.getByRole('button', { name: 'Rebuild now' }).first().click()
  const running = screen.getByRole('region', { name: /Running build/ })
  await expect(running).toBeVisible()
  await expect(running).toBeHidden({ timeout: 60_000 })
  await expect(screen.getByRole('table', { name: 'Deploys' }).getByRole('row').filter({ hasText: 'Live' })).toContainText(
    'Rebuild from Frostline',
  )
  await rail(screen, 'Pages').click()
  await searchPaths(screen, path)
  await expect(pageRow(screen, path)).toContainText('static')
})

test('a changed menu is held back until it is built, costs one purge, and is proven', async ({ app: screen }) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  // Which rendered pages carry the tag is known when they have been looked at.
  await searchPaths(screen, '/menu-card/watermelon')
  await expect(pageRow(screen, '/menu-card/watermelon')).toContainText('rendered')
  await searchPaths(screen, '/menu-card/')
  await expect(chip(screen, 'Not checked')).toHaveText(/\D0$/)
  await searchPaths(screen, '')
  await showTag(screen, MENU)
  await expect(pageRow(screen, '/lists', 'lollies')).toBeVisible()
  const carriers = await rowCount(screen)
  await checkShown(screen, carriers)
  await expect(chip(screen, 'Not checked')).toHaveText(/\D0$/)
  const waitingBefore = await chipCount(screen, 'Waiting for build')

  const controls = await openControls(screen)
  await controls.getByRole('textbox', { name: /Label of the entry/ }).fill('Every lolly')
  await controls.getByRole('button', { name: 'Save the menu' }).click()
  await expect(controls.getByRole('status')).toContainText('Every lolly')

  const menu = await openTag(screen, MENU)
  await menu.getByRole('button', { name: 'Mark as changed…' }).click()
  await screen.getByRole('dialog').getByRole('textbox', { name: 'What changed' }).fill('menu: new label')
  await screen.getByRole('dialog').getByRole('button', { name: 'Mark as changed' }).click()
  await expect(screen.getByText(`${carriers} pages`).first()).toBeVisible()

  await menu.getByRole('link', { name: 'Show in Pages' }).click()
  await expect(chip(screen, 'Old copy')).toHaveText(/\D0$/)
  const waiting = await chipCount(screen, 'Waiting for build')
  expect(waiting).toBeGreaterThan(Math.max(40, waitingBefore))
  // Exactly the carriers wait: without the filter there is not one more.
  await screen.getByRole('button', { name: 'Clear filter' }).click()
  await expect(chip(screen, 'Waiting for build')).toHaveText(new RegExp(`\\D${waiting}$`))

  await (await openTag(screen, MENU)).getByRole('button', { name: 'Plan a purge…' }).click()
  await screen.getByRole('switch', { name: 'Build first' }).click()
  await screen.getByRole('switch', { name: 'Refresh first' }).click()
  await expect(screen.getByText('Purging now would only store the old page again').first()).toBeVisible()
  await expect(screen.getByRole('button', { name: 'Start' })).toBeDisabled()
  await screen.getByRole('switch', { name: 'Build first' }).click()
  await screen.getByRole('switch', { name: 'Refresh first' }).click()
  await expect(screen.getByRole('heading', { name: /1 purge · free/ })).toBeVisible()
  const since = await originCursor(controls)
  await screen.getByRole('button', { name: 'Start' }).click()

  const result = screen.getByRole('status').filter({ hasText: /shows? the new version/ })
  await expect(result).toBeVisible({ timeout: 60_000 })
  const [, fresh, all] =
    /^(\d+) of (\d+) show the new version from here \(FRA56\)\. 1 purge used \(free\)/.exec(await result.innerText()) ?? []
  expect(Number(fresh)).toBeGreaterThan(40)
  expect(fresh).toBe(all)
  await expect(screen.getByText(/^1 of 1,000 purges used/)).toBeVisible()
  await expect(screen.getByRole('tab', { name: `Purged ${fresh}` })).toBeVisible()

  // Nothing else was touched: whatever reached the origin since then carries the tag.
  const carrying = await pathsWithTag(controls, MENU)
  const touched = await pathsAtOrigin(controls, since)
  expect(touched.length).toBeGreaterThan(40)
  expect(touched.filter((path) => !carrying.has(path))).toEqual([])

  await rail(screen, 'Pages').click()
  await showTag(screen, MENU)
  await expect(chip(screen, 'Old copy')).toHaveText(/\D0$/)
  await expect(pageRow(screen, '/lists', 'gifts')).toContainText('Up to date')
})
