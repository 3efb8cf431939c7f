import { expect, test } from './panel.ts'

test('a pasted list becomes pages; lines that cannot be taken are told, and rules are tried before they are saved', async ({
  app: screen,
}) => {
  await expect(screen.getByRole('heading', { name: 'Pages' })).toBeVisible()
  await screen.getByRole('button', { name: 'Find pages…' }).first().click()
  const dialog = screen.getByRole('dialog', { name: 'Find pages' })
  await dialog
    .getByRole('textbox', { name: 'Addresses or paths' })
    .fill('url;title\n/pasted-one;One\n/pasted-two;Two\nhttps://elsewhere.example/x;Three\n/pasted-one;Again')
  await dialog.getByRole('button', { name: 'Take the list' }).click()
  await expect(dialog.getByRole('status', { name: 'What was found' })).toContainText('2 new')
  await expect(dialog.getByRole('status', { name: 'What was found' })).toContainText('1 known')
  const refused = dialog.getByRole('table', { name: 'Lines that were not taken' }).getByRole('row').nth(1)
  await expect(refused).toContainText('4')
  await expect(refused).toContainText('elsewhere.example is no zone of this site')

  await dialog.getByRole('button', { name: 'Find more' }).click()
  await dialog.getByRole('tab', { name: 'Rules for addresses' }).click()
  await dialog.getByRole('textbox', { name: 'Try an address' }).fill('/Pasted-Two?utm_source=mail')
  await expect(dialog.getByLabel('What it becomes')).toContainText('unchanged')
  await dialog.getByRole('combobox', { name: 'Query parameters' }).click()
  await screen.getByRole('option', { name: 'Drop all' }).click()
  await expect(dialog.getByLabel('What it becomes')).toContainText('/Pasted-Two changed by: query parameters')
  await expect(dialog.getByRole('region', { name: 'What the rules do' })).toContainText(/known page/)
  await screen.keyboard.press('Escape')

  await screen.getByRole('textbox', { name: 'Search paths' }).fill('/pasted-')
  const rows = screen.getByRole('row').filter({ hasText: '/pasted-' })
  await expect(rows).toHaveCount(2)
})
