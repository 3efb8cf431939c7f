import { expect, test } from './panel.ts'
import { chip, rail } from './screens.ts'

test('a plan says what each item stands for, what it costs, and which pages it reaches', async ({ app: screen }) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await expect(screen.getByRole('button', { name: '0 jobs' })).toBeVisible()
  await rail(screen, 'Purges').click()
  await screen.getByRole('button', { name: 'New purge…' }).first().click()
  const dialog = screen.getByRole('dialog', { name: 'New purge' })
  const lines = [
    '/feed.xml',
    '/a/*/b',
    '/half way',
    '#first,second',
    ...Array.from({ length: 12 }, (_, at) => `/lists/none-${at}`),
  ]
  await dialog.getByRole('textbox').fill(lines.join('\n'))
  // Whoever closes it, to look something up, finds it as it was.
  await screen.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await screen.getByRole('button', { name: 'New purge…' }).first().click()
  await expect(dialog.getByRole('textbox')).toHaveValue(lines.join('\n'))
  await dialog.getByRole('button', { name: 'Work out a plan' }).click()

  const refused = screen.getByRole('tab', { name: /Refused/ })
  await expect(refused).toContainText('2')
  const ways = screen.getByRole('group', { name: 'How to purge' })
  // The plan is worked out anew before it is chosen.
  await ways.getByRole('radio', { name: /Fewest items/ }).click()
  await expect(ways.getByRole('radio', { name: /Fewest items/ })).toBeChecked()
  await expect(screen.getByText('working it out…')).toBeHidden()
  await expect(ways).toContainText(/first visitors wait/)
  // A short list may be open already; by keyboard nothing that still moves takes the click away.
  const list = screen.getByRole('button', { name: '1 item', exact: true })
  if ((await list.getAttribute('aria-expanded')) === 'false') await list.press('Enter')
  const items = screen.getByRole('table', { name: 'Items' })
  const wildcard = items.getByRole('button', { name: '/*' })
  await wildcard.click()
  await expect(wildcard).toHaveAttribute('aria-expanded', 'true')
  await expect(items).toContainText(/one item instead of 14/)
  await expect(items).toContainText(/never checked|have been checked/)
  const reached = items.getByRole('list', { name: 'Pages that /* reaches' })
  await expect(reached.getByRole('listitem')).toHaveCount(100)
  await expect(reached).toContainText('goes cold with it')
  await items.getByRole('button', { name: 'Show more' }).click()
  await expect(reached.getByRole('listitem')).toHaveCount(200)
})
