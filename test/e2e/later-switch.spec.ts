import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { lookAt } from './looks.ts'
import { expect, test } from './panel.ts'
import { chip, rail } from './screens.ts'

test('a roll back that something is in the way of waits for it, can be taken back, and begins by itself', async ({
  app: screen,
  panel,
}) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  const db = new BetterSqlite3(join(panel.dataFolder, 'frostline.db'))
  const site = db.prepare<[], { id: string }>('SELECT id FROM sites').get()?.id
  await rail(screen, 'Builds').click()
  const row = screen.getByRole('table', { name: 'Deploys' }).getByRole('row').filter({ hasText: 'r-1' })
  await expect(row).toBeVisible()
  // A build that has not been given to the builder yet: it is under way for as long as the test needs it.
  db.prepare(
    `INSERT INTO builds (id, site_id, state, queued_at, remote_json) SELECT 'held', ?, 'queued', ?, remote_json FROM builds LIMIT 1`,
  ).run(site, Date.now())
  const dialog = screen.getByRole('dialog')
  const askForIt = async () => {
    await row.getByRole('button', { name: 'Roll back…' }).click()
    await expect(dialog.getByRole('status')).toContainText('A build is under way')
    await lookAt(screen, 'roll-back-later')
    await dialog.getByRole('button', { name: 'Roll back when it has ended' }).click()
    await expect(dialog).toBeHidden()
  }
  await askForIt()
  const waiting = screen.getByRole('region', { name: 'Waits to begin' })
  await expect(waiting).toContainText('Visitors get “First release” (r-1) in a moment')
  await expect(waiting).toContainText('A build is under way')
  await lookAt(screen, 'roll-back-waits')
  await waiting.getByRole('button', { name: 'Cancel' }).click()
  await expect(waiting).toBeHidden()

  await askForIt()
  await screen.reload()
  await expect(waiting).toBeVisible()
  db.prepare("DELETE FROM builds WHERE id = 'held'").run()
  await expect(waiting).toBeHidden()
  await expect(screen.getByRole('region', { name: 'Pinned' })).toContainText('Pinned to “First release” (r-1)')
  await expect(screen.getByRole('region', { name: /^Switch: Back to/ })).toContainText(/locations follow|Visitors get r-1/)
  await expect(row).toContainText('Live · pinned', { timeout: 60_000 })
  db.close()
})
