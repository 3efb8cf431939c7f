import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'
import { startSanity } from '../support/content-systems.ts'
import { expect, test } from './panel.ts'
import { startPanel } from './panel-process.ts'
import { addSanity, publish } from './sanity.ts'
import { rail } from './screens.ts'
import { violationsOn } from '../support/axe.ts'

test('a source is added, its signed delivery is seen, a rule is tried on it and then works it through', async ({
  app: screen,
}) => {
  const source = await addSanity(screen)
  await expect(screen.getByRole('table', { name: 'Sources' }).getByText('Nothing yet')).toBeVisible()
  expect(await publish(source, { _id: 'm1', _type: 'menu', slug: 'main-menu' })).toBe(202)
  const row = screen.getByRole('table', { name: 'Deliveries' }).getByRole('row').filter({ hasText: 'menu · m1' })
  await expect(row).toContainText('Worked through')
  await expect(screen.getByRole('table', { name: 'Sources' }).getByText('Delivers')).toBeVisible()

  await screen.getByRole('button', { name: 'New rule…' }).click()
  const editor = screen.getByRole('dialog', { name: 'New rule' })
  await editor.getByRole('textbox', { name: 'Type' }).fill('menu')
  await editor.getByRole('textbox', { name: 'Tag', exact: true }).fill('pb-menu:{slug}')
  await editor.getByRole('combobox', { name: 'Purge' }).selectOption('purge now (builds first)')
  await expect(editor.getByLabel('The rule as a sentence')).toHaveText(
    'When Sanity sends published of type menu → mark pb-menu:{slug} as changed, rebuild, purge now.',
  )
  const trial = editor.getByRole('region', { name: 'Dry run' })
  await expect(trial).toContainText(/Marks pb-menu:main-menu as changed: \d\d+ pages/)
  await expect(trial).toContainText('Nothing of this was done.')
  await editor.getByRole('textbox', { name: 'Type' }).fill('author')
  await expect(trial).toContainText('Would do nothing. Its type is “menu”, and the rule waits for “author”.')
  await screen.keyboard.press('Escape')
  const stay = screen.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Go on editing' })
  await expect(stay).toBeFocused()
  await stay.click()
  await editor.getByRole('textbox', { name: 'Tag', exact: true }).fill('pb-menu:{slug')
  await editor.getByRole('button', { name: 'Save' }).click()
  await expect(editor).toContainText('The tag “pb-menu:{slug” has a { without its }')
  await editor.getByRole('textbox', { name: 'Tag', exact: true }).fill('pb-menu:{slug}')
  await editor.getByRole('textbox', { name: 'Type' }).fill('menu')
  await editor.getByRole('combobox', { name: 'Purge' }).selectOption('do not purge')
  await editor.getByRole('button', { name: 'Save' }).click()
  await expect(screen.getByRole('region', { name: 'Rules' })).toContainText(
    'of type menu → mark pb-menu:{slug} as changed, rebuild.',
  )

  const violations = await violationsOn(screen, 'main')
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
  await row.click()
  const panel = screen.getByRole('complementary', { name: 'Delivery' })
  await expect(panel.getByRole('region', { name: 'Payload' })).toContainText('"slug": "main-menu"')
  await panel.getByRole('button', { name: 'Replay' }).click()
  await expect(panel).toContainText('Replayed')
  await expect(panel.getByRole('region', { name: 'What followed' })).toContainText(
    /Marks pb-menu:main-menu as changed: \d\d+ pages/,
  )
  await expect(panel.getByRole('link', { name: /^Asked for a build/ })).toBeVisible()
  await panel.getByRole('button', { name: 'Close panel' }).click()

  expect(await publish({ ...source, secret: 'another secret, long enough' }, { _id: 'x' })).toBe(401)
  await expect(screen.getByRole('table', { name: 'Deliveries' })).toContainText('Its signature does not fit')
  await expect(screen.getByRole('table', { name: 'Sources' }).getByText('Last one refused')).toBeVisible()
})

test('after hours away, Home says once what happened', async ({ panel, page }) => {
  await panel.stop()
  const db = new BetterSqlite3(join(panel.dataFolder, 'frostline.db'))
  db.prepare('UPDATE absences SET alive_at = alive_at - ?').run(9 * 3_600_000)
  db.close()
  const again = await startPanel(panel.dataFolder)
  await page.goto(again.address)
  await rail(page, 'Home').click()
  const note = page.getByRole('status', { name: 'While you were away' })
  await expect(note).toContainText('Away 9 h')
  await note.getByRole('button', { name: 'Dismiss' }).click()
  await expect(note).toBeHidden()
  await again.stop()
})

test('a source is asked what it could not deliver, and says on the screen when it cannot be asked', async ({ app: screen }) => {
  const sanity = await startSanity('viewer-token')
  sanity.write('old', 'old')
  await addSanity(screen)
  const sources = screen.getByRole('table', { name: 'Sources' })
  const choose = async (item: string) => {
    await sources.getByRole('button', { name: 'What can be done with Sanity' }).click()
    await screen.getByRole('menuitem', { name: item }).click()
  }
  await choose('Ask it for changes…')
  const dialog = screen.getByRole('dialog', { name: 'Ask Sanity for changes' })
  await dialog.getByRole('textbox', { name: 'Project id' }).fill('abc')
  await dialog.getByRole('textbox', { name: 'Address of its API' }).fill(sanity.url)
  await dialog.getByLabel('Token').fill('another')
  await dialog.getByRole('button', { name: 'Ask and save' }).click()
  await expect(dialog).toContainText('Sanity refuses the token for the dataset production of the project abc.')
  await dialog.getByLabel('Token').fill('viewer-token')
  await dialog.getByRole('button', { name: 'Ask and save' }).click()
  await expect(dialog).toBeHidden()

  sanity.write('menu', 'main-menu')
  await choose('Ask for changes now')
  const row = screen.getByRole('table', { name: 'Deliveries' }).getByRole('row').filter({ hasText: 'page · menu' })
  await expect(row).toContainText('asked')
  sanity.mood = { status: 429, headers: { 'retry-after': '90' } }
  await choose('Ask for changes now')
  const note = screen.getByRole('region', { name: 'Sources' }).getByRole('alert')
  await expect(note).toContainText('Sanity was asked too often and wants to be asked later.')
  await expect(sources).toContainText('Cannot be asked')
  const violations = await violationsOn(screen, 'main')
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
  sanity.mood = null
  await note.getByRole('button', { name: 'Try again' }).click()
  await expect(note).toBeHidden()
  await sanity.stop()
})
