import { expect, test } from './panel.ts'
import { check, chip, chipCount, openControls, pageRow, rail, rowCount, searchPaths, showTag } from './screens.ts'

const WORDS = ['Waiting for build', 'Old copy', 'Refreshes on next visit', 'Due', 'Not at this edge', 'Asks origin every time', 'Error stored', 'Not checked', 'Up to date']
const MENU = 'pb-menu:main-menu'

test('a first start shows every freshness word, and checking tells its cost before', async ({ screen }) => {
  for (const words of WORDS) await expect(chip(screen, words)).not.toHaveText(/\D0$/)
  expect(await rowCount(screen)).toBeGreaterThan(340)
  await chip(screen, 'Not checked').click()
  await expect(pageRow(screen, '/lolly/').or(screen.getByRole('row', { name: /Not checked$/ })).first()).toBeVisible()
  const unchecked = await chipCount(screen, 'Not checked')
  const cost = await check(screen, screen.getByRole('button', { name: `Check all ${unchecked}` }))
  expect(cost).toContain(`${unchecked} pages`)
  await expect(chip(screen, 'Not checked')).toHaveText(/\D0$/)
})

test('a posted lolly is a fallback at once, appears here, and is static after a rebuild', async ({ screen }) => {
  await expect(chip(screen, 'Old copy')).not.toHaveText(/\D0$/)
  const controls = await openControls(screen)
  await controls.getByRole('textbox', { name: 'For' }).fill('Hedy')
  await controls.getByRole('button', { name: 'Post it' }).click()
  const outcome = await controls.getByRole('status').filter({ hasText: '/lolly/' }).innerText()
  const path = /\/lolly\/\w+/.exec(outcome)?.[0] ?? ''
  const visitor = await controls.context().newPage()
  await visitor.goto(new URL(path, await controls.getByRole('link', { name: 'Open the site' }).getAttribute('href') ?? '').href)
  await expect(visitor.getByText('Hedy').first()).toBeVisible()

  await searchPaths(screen, path)
  await expect(pageRow(screen, path)).toContainText('fallback')
  await rail(screen, 'Builds').click()
  await screen.getByRole('button', { name: 'Rebuild now' }).first().click()
  await expect(screen.getByRole('region', { name: /Running build/ })).toBeVisible()
  await expect(screen.getByRole('table', { name: 'Builds' }).getByRole('row').filter({ hasText: /live/ }).first()).toContainText(/Succeeded/i)
  await rail(screen, 'Pages').click()
  await searchPaths(screen, path)
  await expect(pageRow(screen, path)).toContainText('static')
})

test('a changed menu is held back until it is built, costs one purge, and is proven', async ({ screen }) => {
  await expect(chip(screen, 'Old copy')).not.toHaveText(/\D0$/)
  await showTag(screen, MENU)
  await expect(pageRow(screen, '/lists')).toBeVisible()
  const carriers = await rowCount(screen)
  await check(screen, screen.getByRole('button', { name: `Check all ${carriers}` }))
  await expect(chip(screen, 'Not checked')).toHaveText(/\D0$/)
  const waitingBefore = await chipCount(screen, 'Waiting for build')

  const controls = await openControls(screen)
  await controls.getByRole('textbox', { name: /Label of the entry/ }).fill('Every lolly')
  await controls.getByRole('button', { name: 'Save the menu' }).click()
  await expect(controls.getByRole('status')).toContainText('Every lolly')

  await rail(screen, 'Tags').click()
  const menuRow = screen.getByRole('row', { name: new RegExp(MENU) })
  await menuRow.getByRole('button', { name: 'Mark as changed…' }).click()
  await screen.getByRole('dialog').getByRole('textbox', { name: 'What changed' }).fill('menu: new label')
  await screen.getByRole('dialog').getByRole('button', { name: 'Mark as changed' }).click()
  await expect(screen.getByText(`${carriers} pages`).first()).toBeVisible()

  await menuRow.getByRole('link', { name: 'Show pages' }).click()
  await expect(chip(screen, 'Old copy')).toHaveText(/\D0$/)
  expect(await chipCount(screen, 'Waiting for build')).toBeGreaterThan(Math.max(40, waitingBefore))

  await rail(screen, 'Tags').click()
  await menuRow.getByRole('button', { name: 'Plan a purge…' }).click()
  await screen.getByRole('switch', { name: 'Build first' }).click()
  await expect(screen.getByText('Purging now would only store the old page again').first()).toBeVisible()
  await expect(screen.getByRole('button', { name: 'Start' })).toBeDisabled()
  await screen.getByRole('switch', { name: 'Build first' }).click()
  await expect(screen.getByRole('heading', { name: /1 purge · free/ })).toBeVisible()
  await screen.getByRole('button', { name: 'Start' }).click()

  const result = screen.getByRole('status').filter({ hasText: /show the new version/ })
  await expect(result).toBeVisible({ timeout: 60_000 })
  const [, fresh, all] = /^(\d+) of (\d+) show the new version from here \(FRA56\)\. 1 purge used \(free\)/.exec(await result.innerText()) ?? []
  expect(Number(fresh)).toBeGreaterThan(40)
  expect(fresh).toBe(all)
  await expect(screen.getByText('At least 1 of 1,000')).toBeVisible()

  await rail(screen, 'Pages').click()
  await showTag(screen, MENU)
  await expect(chip(screen, 'Old copy')).toHaveText(/\D0$/)
  await expect(pageRow(screen, '/lists', '(gifts|lollies)')).toContainText('Up to date')
})
