import { once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { relayPorts } from '#main/desktop/relay.ts'
import { silentLog } from '#main/platform/log.ts'
import * as electron from '../../support/fake-electron.ts'
import { OWNER } from '../../support/web-shell.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))

const PANEL = { url: 'app://frostline/pages', parent: null }
let corePort: MessagePort
let connections = 0
beforeEach(() => {
  electron.reset()
  connections = 0
  const connect = (identity: unknown): MessagePort => {
    expect(identity).toEqual(OWNER)
    connections += 1
    const { port1, port2 } = new MessageChannel()
    corePort = port2
    return port1
  }
  relayPorts({ connect }, OWNER, silentLog)
})

describe('a page that asks for the core', () => {
  it.each([
    ['another site', { url: 'https://evil.example/', parent: null }],
    ['another host of the scheme', { url: 'app://evil/', parent: null }],
    ['a frame inside the panel', { url: 'app://frostline/', parent: {} }],
    ['a frame that is gone', null],
  ])('is refused when it is %s', (_name, frame) => {
    expect(electron.askForPort(frame)).toBeUndefined()
    expect(connections).toBe(0)
  })

  it('exchanges frames with it, and nothing but frames', async () => {
    const page = electron.askForPort(PANEL)
    page?.start()
    page?.postMessage({ made: 'up' })
    page?.postMessage('call')
    expect(await once(corePort, 'message')).toEqual(['call'])
    corePort.postMessage({ made: 'up' })
    corePort.postMessage(new Uint8Array([1, 2]).buffer)
    const [event]: { data: unknown }[] = await once(page!, 'message')
    expect(event?.data).toEqual(new Uint8Array([1, 2]).buffer)
    page?.close()
  })

  it('closes the core’s port when it goes', async () => {
    const page = electron.askForPort(PANEL)
    const closed = once(corePort, 'close')
    page?.close()
    await closed
  })

  it('is closed when the core goes', async () => {
    const page = electron.askForPort(PANEL)
    const closed = once(page!, 'close')
    corePort.close()
    await closed
  })
})
