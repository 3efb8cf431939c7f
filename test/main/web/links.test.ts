import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreHandle } from '#main/core-host.ts'
import type { Identity } from '#main/core-protocol.ts'
import type { PanelServer } from '#main/web/panel-server.ts'
import { ask, closeCode, openSocket, startStubCore, startStubServer } from '../../support/web-shell.ts'

const SAM: Identity = { person: 'Sam', role: 'support', personId: 'sam' }
const LINK = 'the-link-of-sam'
let core: CoreHandle
let server: PanelServer
let revoke: (personId: string) => void = () => undefined
let works = true

const people = {
  signIn: async (secret: string) => (works && secret === LINK ? SAM : null),
  onRevoked: (listener: (personId: string) => void) => void (revoke = listener),
}
const post = (body: object, headers: Record<string, string> = {}) =>
  ask(server, '/session', {
    method: 'POST',
    headers: { origin: server.origin, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

beforeAll(async () => {
  core = await startStubCore()
  server = await startStubServer({ connect: (identity) => core.connect(identity), ...people })
})
afterAll(async () => {
  await server.close()
  await core.close()
})

describe('a sign-in link', () => {
  it('signs in more than once, and not from a foreign page', async () => {
    expect((await post({ link: LINK })).status).toBe(200)
    expect((await post({ link: LINK })).status).toBe(200)
    expect((await post({ link: LINK }, { origin: 'https://evil.example' })).status).toBe(403)
  })

  it('that the core does not know is refused in a sentence that does not repeat it', async () => {
    const reply = await post({ link: 'wrong-link' })
    expect(reply.status).toBe(401)
    expect(reply.body).toContain('does not work any more')
    expect(reply.body).not.toContain('wrong-link')
  })

  it('that is revoked signs its open windows out, and its sessions do not come back', async () => {
    const { secret }: { secret: string } = JSON.parse((await post({ link: LINK })).body)
    const socket = openSocket(server)
    socket.once('open', () => socket.send(secret))
    await new Promise((resolve) => socket.once('message', resolve))
    const closed = closeCode(socket)
    works = false
    revoke('sam')
    expect(await closed).toBe(4401)
    const again = openSocket(server)
    again.once('open', () => again.send(secret))
    expect(await closeCode(again)).toBe(4401)
    expect((await post({ link: LINK })).status).toBe(401)
  })
})

describe('a panel for others', () => {
  const file = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')

  it('speaks TLS and answers to its one name', async () => {
    const door = {
      port: 0,
      address: '127.0.0.1',
      publicOrigin: 'https://panel.example.com',
      tls: { cert: file('cert.pem'), key: file('key.pem') },
    }
    const outside = await startStubServer({ connect: (identity) => core.connect(identity), ...people }, { door })
    const status = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(
          {
            host: '127.0.0.1',
            port: outside.port,
            path: '/',
            ca: file('cert.pem'),
            servername: 'panel.example.com',
            headers: { host },
          },
          (reply) => resolve(reply.resume().statusCode ?? 0),
        )
        sent.once('error', reject).end()
      })
    expect(await status('panel.example.com')).toBe(200)
    expect(await status(`127.0.0.1:${outside.port}`)).toBe(421)
    expect(await status('evil.example')).toBe(421)
    expect(outside.signInAddress(SAM)).toMatch(/^https:\/\/panel\.example\.com\/#token=/)
    await outside.close()
  })

  it('behind a proxy answers to its name, and to this machine', async () => {
    const door = { port: 0, address: '127.0.0.1', publicOrigin: 'https://panel.example.com', tls: null }
    const inside = await startStubServer({ connect: (identity) => core.connect(identity), ...people }, { door })
    expect((await ask(inside, '/', { headers: { host: 'panel.example.com' } })).status).toBe(200)
    expect((await ask(inside, '/')).status).toBe(200)
    expect((await ask(inside, '/', { headers: { host: 'evil.example' } })).status).toBe(421)
    expect((await ask(inside, '/', { headers: { host: 'panel.example.com' } })).headers['content-security-policy']).toContain(
      'wss://panel.example.com',
    )
    await inside.close()
  })
})
