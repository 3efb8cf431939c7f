import { expect, test } from './panel.ts'
import { violationsOn } from '../support/axe.ts'

test('a whole site is checked: cost and limit before, what came of it after, and when the next one comes', async ({ app }) => {
  const strip = app.getByRole('status', { name: 'Check of the site' })
  await expect(strip).toContainText('Not checked as a whole yet')
  await app.getByRole('button', { name: /^Check all/ }).click()
  const dialog = app.getByRole('dialog', { name: /^Check/ })
  await expect(dialog.getByText('No purges are used')).toBeVisible()
  const limit = dialog.getByLabel('Stop when the origin has rendered this often')
  await expect(limit).toHaveValue('1,000')
  await limit.fill('500')
  await dialog.getByRole('button', { name: /^Check .* pages$/ }).click()
  await expect(strip).toContainText(/Checked .* changed since last time/, { timeout: 60_000 })
  // The demo's own first check may have been quicker with some of them; none is checked twice.
  const [, done, total] = /· (\d+) of (\d+) pages/.exec(await strip.innerText()) ?? []
  expect(Number(done)).toBeGreaterThan(0)
  expect(Number(done)).toBeLessThanOrEqual(Number(total))
  await expect(strip).toContainText(/no renders|of at most 500 renders/)

  await strip.getByRole('button', { name: 'How it is checked…' }).click()
  const settings = app.getByRole('dialog', { name: 'How this site is checked' })
  await settings.getByLabel('Requests at a time').fill('4')
  await settings.getByText('By calendar').click()
  const violations = await violationsOn(app, '[role="dialog"]')
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await settings.getByLabel('Cron expression').fill('at three')
  await settings.getByRole('button', { name: 'Save' }).click()
  await expect(settings.getByText('"at three" is no schedule: it has 2 fields, and there are five.')).toBeVisible()
  await settings.getByLabel('Cron expression').fill('0 3 * * *')
  await settings.getByLabel('Time zone').fill('Europe/Berlin')
  await app.keyboard.press('Enter')
  await expect(settings).toBeHidden()
  await expect(strip).toContainText(/next in \d+ (h|min|s) while Frostline runs/)
})
