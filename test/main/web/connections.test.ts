import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreHandle } from '#main/core-host.ts'
import type { PanelServer } from '#main/web/panel-server.ts'
import {
  closeCode,
  connectPage,
  WITHOUT_PEOPLE,
  openSocket,
  refusedStatus,
  secretFor,
  startStubCore,
  startStubServer,
} from '../../support/web-shell.ts'

let core: CoreHandle
let server: PanelServer

beforeAll(async () => {
  core = await startStubCore()
  server = await startStubServer(core, { firstFrameMs: 300 })
})
afterAll(async () => {
  await server.close()
  await core.close()
})

describe('a connection is refused', () => {
  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('to a page of %s', async (origin) => {
    expect(await refusedStatus(openSocket(server, { origin }))).toBe(403)
  })

  it('under another host', async () => {
    expect(await refusedStatus(openSocket(server, { host: 'panel.example' }))).toBe(421)
  })

  it('at another address', async () => {
    expect(await refusedStatus(openSocket(server, {}, '/other'))).toBe(404)
  })

  it('when it never says who it is', async () => {
    expect(await closeCode(openSocket(server))).toBe(4401)
  })

  it('with a wrong secret', async () => {
    const socket = openSocket(server)
    socket.once('open', () => socket.send('x'.repeat(43)))
    expect(await closeCode(socket)).toBe(4401)
  })

  it('with a right secret in a binary frame', async () => {
    const secret = await secretFor(server)
    const socket = openSocket(server)
    socket.once('open', () => socket.send(Buffer.from(secret)))
    expect(await closeCode(socket)).toBe(4401)
  })
})

describe('a signed-in page', () => {
  it('calls the core, streams and bytes included', async () => {
    const { socket, client } = await connectPage(server)
    expect(await client.echo('grüezi ❄')).toBe('grüezi ❄')
    const numbers = []
    for await (const number of await client.count(3)) numbers.push(number)
    expect(numbers).toEqual([1, 2, 3])
    const long = 'x'.repeat(3_000_000)
    expect(await client.echo(long)).toBe(long)
    socket.close()
  })

  it('is known to the core by the person and role of its token', async () => {
    const { socket, client } = await connectPage(server, { person: 'Sam', role: 'support' })
    expect(await client.whoAmI()).toEqual({ person: 'Sam', role: 'support' })
    socket.close()
  })

  it('connects again with its secret and is counted while it is there', async () => {
    const secret = await secretFor(server)
    for (let round = 0; round < 2; round += 1) {
      const socket = openSocket(server)
      const answer = new Promise((resolve) => socket.once('message', resolve))
      socket.once('open', () => socket.send(secret))
      expect(String(await answer)).toBe('ok')
      expect(server.pages()).toBeGreaterThan(0)
      const closed = closeCode(socket)
      socket.close()
      await closed
    }
  })

  it('is cut off when a frame is too big', async () => {
    const { socket } = await connectPage(server)
    socket.on('error', () => undefined)
    const closed = closeCode(socket)
    socket.send('x'.repeat(4 * 1024 * 1024 + 1))
    expect([1006, 1009]).toContain(await closed)
  })
})

describe('either end', () => {
  it('closes the page’s socket when the core goes', async () => {
    const own = await startStubCore()
    const shell = await startStubServer(own)
    const { socket } = await connectPage(shell)
    const closed = closeCode(socket)
    await own.close()
    expect(await closed).toBe(1001)
    await shell.close()
  })

  it('closes the core’s port when the page goes', async () => {
    const closed = Promise.withResolvers<void>()
    const shell = await startStubServer({
      connect(identity) {
        const port = core.connect(identity)
        port.once('close', () => closed.resolve())
        return port
      },
      ...WITHOUT_PEOPLE,
    })
    const { socket } = await connectPage(shell)
    socket.terminate()
    await closed.promise
    await shell.close()
  })
})
