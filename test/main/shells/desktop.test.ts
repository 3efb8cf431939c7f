import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCore, type Client, type RunningCore } from '../../support/core-client.ts'

let running: RunningCore
let window: Client
beforeAll(async () => {
  running = await startTestCore()
  const { port1, port2 } = new MessageChannel()
  running.core.connect(port2, { person: 'Ada', role: 'owner', shell: true })
  window = createORPCClient(new RPCLink({ port: port1 }))
})
afterAll(() => running.close())

test('How the window closes is kept, by owners only', async () => {
  expect((await running.client.desktop.get()).settings.closing).toBe('ask')
  await running.client.desktop.save({ closing: 'leave', updates: false, channel: 'beta' })
  expect((await running.clientFor('support').desktop.get()).settings).toEqual({
    closing: 'leave',
    updates: false,
    channel: 'beta',
  })
  const operator = running.clientFor('operator')
  await expect(operator.desktop.save({ closing: 'ask', updates: true, channel: 'latest' })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
})

test('Nobody but the desktop window tells of itself or hears what it should do', async () => {
  const report = { noTrayBecause: null, updates: { kind: 'idle' as const } }
  await expect(running.client.desktop.report(report)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(running.client.desktop.wishes()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await window.desktop.report(report)
  expect((await running.client.desktop.get()).report).toEqual(report)
})

test('A wish reaches the window; without one it is refused with what to do', async () => {
  await expect(running.client.desktop.wish({ wish: 'open-data-folder' })).rejects.toMatchObject({ code: 'CONFLICT' })
  const wishes = await window.desktop.wishes()
  const heard = wishes.next()
  await new Promise((resolve) => setTimeout(resolve, 100))
  await running.client.desktop.wish({ wish: 'open-data-folder' })
  expect((await heard).value).toEqual({ wish: 'open-data-folder' })
  await wishes.return?.()
})
