import { encodeSignatureHeader } from '@sanity/webhook'
import { expect, type Page } from '@playwright/test'
import { deliver } from '../support/hooks.ts'
import { rail } from './screens.ts'

/** Adds a source on the Hooks screen; what its deliveries need. */
export async function addSanity(screen: Page): Promise<{ address: string; secret: string }> {
  await rail(screen, 'Hooks').click()
  await screen.getByRole('button', { name: 'Add source' }).first().click()
  const dialog = screen.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Who sends' }).click()
  await screen.getByRole('option', { name: 'Sanity' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Sanity')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const address = await dialog.getByLabel('Address', { exact: true }).innerText()
  const secret = await dialog.getByLabel('Secret', { exact: true }).innerText()
  await expect(dialog.getByText('they are not shown again')).toBeVisible()
  await dialog.getByRole('button', { name: 'I have both' }).click()
  return { address, secret }
}

/** Delivers a document as Sanity does; the status of the answer. */
export async function publish({ address, secret }: { address: string; secret: string }, document: object): Promise<number> {
  const body = JSON.stringify(document)
  const signature = await encodeSignatureHeader(body, Date.now(), secret)
  return (await deliver(address, body, { 'sanity-operation': 'update', 'sanity-webhook-signature': signature })).status
}
