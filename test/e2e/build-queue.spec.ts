import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from './panel.ts'
import { chip, rail } from './screens.ts'

test('changes are gathered into a build that counts down, can be had now, and can be taken away', async ({
  app: screen,
  panel,
}) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  const db = new BetterSqlite3(join(panel.dataFolder, 'frostline.db'))
  const site = db.prepare<[], { id: string }>('SELECT id FROM sites').get()
  /** As if content had been published 37 times, and the last of it just now. */
  const changesCome = () => {
    const causes = [{ source: 'Sanity', count: 37, latest: ['menu', 'about', 'lolly 7'] }]
    db.prepare(`INSERT INTO waiting_builds (site_id, causes_json, first_at, last_at, starts_at, urgent, forced)
      VALUES (?, ?, ?, ?, ?, 0, 0)`).run(site?.id, JSON.stringify(causes), Date.now() - 30_000, Date.now(), Date.now() + 63_000)
  }
  changesCome()
  await rail(screen, 'Builds').click()
  const waiting = screen.getByRole('region', { name: 'Waiting build' })
  await expect(waiting).toContainText('Next build: 37 changes')
  await expect(waiting).toContainText('37 changes from Sanity: menu, about, lolly 7 and 34 more')
  const countdown = waiting.getByRole('timer')
  await expect(countdown).toHaveText(/^begins in [45]\d s$/, { timeout: 20_000 })
  // What waits is a job as well, and can be taken away from there.
  const jobsMenu = screen.getByRole('banner').getByRole('button', { name: /\d (jobs?|waits?)/ })
  await expect(jobsMenu).toContainText('1 waits')
  await jobsMenu.click()
  const jobs = screen.getByRole('dialog', { name: /jobs?|waits?/ })
  const next = jobs.getByRole('group', { name: 'Next build: 37 changes from Sanity' })
  await expect(next).toContainText(/begins in \d\d s/)
  await next.getByRole('button', { name: 'Cancel' }).click()
  await expect(next).toBeHidden()
  await expect(waiting).toBeHidden()
  await screen.keyboard.press('Escape')

  changesCome()
  await screen.reload()
  await waiting.getByRole('button', { name: 'Run now' }).click()
  await expect(waiting).toBeHidden()
  const running = screen.getByRole('region', { name: 'Running build: 37 changes from Sanity' })
  await expect(running).toBeVisible()
  await expect(jobsMenu).toHaveText(/^1 job/)
  await jobsMenu.click()
  const job = jobs.getByRole('group', { name: 'Build: 37 changes from Sanity' })
  await expect(job.getByRole('button', { name: 'Cancel' })).toBeVisible()
  await screen.keyboard.press('Escape')
  // What is wanted while it runs waits for it.
  await screen.getByRole('button', { name: 'Rebuild now' }).first().click()
  await expect(waiting).toContainText('begins when the running build has ended')
  await waiting.getByRole('button', { name: 'Cancel' }).click()
  await expect(running).toBeHidden({ timeout: 60_000 })
  const row = screen.getByRole('table', { name: 'Deploys' }).getByRole('row').filter({ hasText: '37 changes from Sanity' })
  await expect(row).toContainText('Live')
  await expect(jobsMenu).toHaveText(/^0 jobs/)
  await jobsMenu.click()
  await expect(job).toContainText('done')
  // Its title, and what it was built for.
  await expect(row.getByTitle('37 changes from Sanity')).toHaveCount(2)
  db.close()
})

test('when a site is built by itself is changed in place', async ({ app: screen }) => {
  await rail(screen, 'Builds').click()
  await expect(screen.getByText('Nothing is built by the clock.')).toBeVisible()
  await screen.getByRole('button', { name: 'Change…' }).click()
  const form = screen.getByRole('form', { name: 'When the site is built by itself' })
  await form.getByText('By calendar').click()
  await form.getByRole('textbox', { name: 'Cron expression' }).fill('soon')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('"soon" is no schedule: it has 1 field, and there are five.')).toBeVisible()
  await form.getByRole('button', { name: 'Cancel' }).click()
  await expect(screen.getByRole('button', { name: 'Change…' })).toBeFocused()
  await screen.keyboard.press('Enter')
  await form.getByText('Every …').click()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(
    screen.getByText(/Built every 1 h, only if something changed, while Frostline runs, next in 59 min\./),
  ).toBeVisible()
  await expect(screen.getByRole('button', { name: 'Change…' })).toBeFocused()
})
