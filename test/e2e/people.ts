import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { Page } from '@playwright/test'
import { WebSocket } from 'ws'
import type { Client } from '../support/core-client.ts'
import { rail } from './screens.ts'

/** Makes a sign-in link on the People screen; its address. */
export async function inviteTo(page: Page, role: 'Operator' | 'Support', name: string): Promise<string> {
  await rail(page, 'People').click()
  await page.getByRole('button', { name: 'New sign-in link…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Whose it is').fill(name)
  await dialog.getByLabel(role).check()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = await page.getByRole('textbox', { name: 'Sign-in link' }).inputValue()
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  return link
}

/** Calls of the core with the secret of a window, past everything that its screens show or hide. */
export async function callAs(page: Page): Promise<{ readonly client: Client; close(): void }> {
  const { origin } = new URL(page.url())
  const secret = await page.evaluate(() => sessionStorage.getItem('frostline-session'))
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/rpc`, { headers: { origin } })
  socket.binaryType = 'arraybuffer'
  await new Promise((resolve) => socket.once('open', resolve))
  const accepted = new Promise((resolve) => socket.once('message', resolve))
  socket.send(secret ?? '')
  await accepted
  const client: Client = createORPCClient(new RPCLink({ websocket: socket }))
  return { client, close: () => socket.close() }
}
