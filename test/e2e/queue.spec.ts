import { join } from 'node:path'
import type { Page } from '@playwright/test'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from './panel.ts'
import { rail } from './screens.ts'

async function startPurge(page: Page, path: string): Promise<void> {
  await rail(page, 'Purges').click()
  await page.getByRole('button', { name: 'New purge…' }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill(path)
  await page.getByRole('button', { name: 'Work out a plan' }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
}

const pauseItem = (page: Page, name: string) => page.getByRole('menuitem', { name })

test('the queue shows what waits and why, what runs by itself can be paused, run now and cancelled', async ({ app, panel }) => {
  await expect(app.getByRole('contentinfo', { name: 'Status' })).toContainText(/Edge: .* ok/)
  const wish = (path: string) => {
    const db = new BetterSqlite3(join(panel.dataFolder, 'frostline.db'))
    db.prepare(`INSERT INTO purge_wishes (site_id, at, by, lines) SELECT id, 0, 'Menu rule', ? FROM sites`).run(path)
    db.close()
  }
  await app.getByRole('button', { name: /Lollies/ }).click()
  await pauseItem(app, 'Pause all automation').click()
  await expect(app.getByText('All automation is paused')).toBeVisible()
  await app.reload()
  await expect(app.getByText('All automation is paused')).toBeVisible()

  const controlsAddress = await app.getByRole('link', { name: 'Demo controls' }).getAttribute('href')
  const throttle = (calls: number) =>
    app.request.post(new URL('/api/throttle', controlsAddress ?? '').href, {
      data: { calls },
      headers: { origin: new URL(controlsAddress ?? '').origin },
    })
  expect((await throttle(1_000)).ok()).toBe(true)
  await startPurge(app, '/about')
  await expect(app.getByText(/Nothing is lost: it goes on/)).toBeVisible()
  wish('/menu')
  await app.getByRole('button', { name: 'Resume' }).click()
  await rail(app, 'Purges').click()
  const queue = app.getByRole('table', { name: 'Queue' })
  await expect(queue.getByRole('row', { name: /Waiting.*\/menu.*Menu rule · by itself/ })).toBeVisible()
  await app.keyboard.press('Control+k')
  await app.getByRole('combobox', { name: 'Search or do anything' }).fill('Pause all')
  await app.keyboard.press('Enter')
  await expect(queue.getByRole('row', { name: /\/menu/ })).toContainText('Automation is paused.')
  for (const [scheme, width, height] of [
    ['light', 1280, 800],
    ['dark', 1920, 1080],
  ] as const) {
    await app.emulateMedia({ colorScheme: scheme })
    await app.setViewportSize({ width, height })
    await test.info().attach(`queue-${scheme}`, { body: await app.screenshot(), contentType: 'image/png' })
  }

  await queue
    .getByRole('row', { name: /\/about/ })
    .getByRole('button', { name: 'Cancel' })
    .click()
  await expect(queue.getByRole('row', { name: /\/about/ })).toHaveCount(0)
  await expect(app.getByText('Cancelled before it was sent. Nothing was charged.')).toBeVisible()
  await queue
    .getByRole('row', { name: /\/menu/ })
    .getByRole('button', { name: 'Run now' })
    .click()
  await throttle(0)
  await expect(app.getByRole('table', { name: 'Purges' }).getByRole('row', { name: /\/menu/ })).toContainText(
    /Verified|Not all new|Done/,
    { timeout: 40_000 },
  )
  await expect(app.getByText('All automation is paused')).toBeVisible()
})
