import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreHandle } from '#main/core-host.ts'
import type { PanelServer } from '#main/web/panel-server.ts'
import { ask, OWNER, signIn, startStubCore, startStubServer, tokenOf } from '../../support/web-shell.ts'

let core: CoreHandle
let server: PanelServer
let clockMs = 1_000_000

beforeAll(async () => {
  core = await startStubCore()
  server = await startStubServer(core, { now: () => clockMs })
})
afterAll(async () => {
  await server.close()
  await core.close()
})

describe('the panel’s files', () => {
  it('come with a policy whose nonce is fresh and stands in the document', async () => {
    const first = await ask(server, '/')
    const second = await ask(server, '/')
    const nonce = /'nonce-([^']+)'/.exec(String(first.headers['content-security-policy']))?.[1]
    expect(nonce).toBeTruthy()
    expect(first.body).toContain(`content="${nonce}"`)
    expect(second.body).not.toContain(`content="${nonce}"`)
    expect(first.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`)
    expect(first.headers['content-security-policy']).toContain("default-src 'none'")
    expect(first.headers['content-security-policy']).not.toContain('unsafe')
    expect(first.headers['cache-control']).toBe('no-store')
  })

  it('keep hashed files for ever and never let the browser guess a type', async () => {
    const reply = await ask(server, '/assets/stub-a1b2c3d4.js')
    expect(reply.status).toBe(200)
    expect(reply.headers['cache-control']).toContain('immutable')
    expect(reply.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  it.each(['/', '/pages', '/pages/a%2Fb', '/pages/https%3A%2F%2Fshop.example%2Findex', '/sites/one/setup', '/activity'])(
    'answer the panel’s own address %s with its document',
    async (path) => {
      const reply = await ask(server, path)
      expect(reply.status).toBe(200)
      expect(reply.body).toContain('<title>Stub panel</title>')
    },
  )

  it.each(['/nothing', '/pagesx', '/Builds/x-1'])('answer %s, which is no screen, with the panel that says so', async (path) => {
    const reply = await ask(server, path)
    expect(reply.status).toBe(404)
    expect(reply.body).toContain('<title>Stub panel</title>')
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'")
    const elsewhere = await ask(server, path, { headers: { host: 'panel.example' } })
    expect(elsewhere.status).toBe(421)
    expect(elsewhere.body).not.toContain('Stub panel')
  })

  it.each([
    '/assets',
    '/assets/',
    '/index.html',
    '/pages/app.js',
    '/..%2fpackage.json',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e%5c%2e%2e%5cpackage.json',
    '/%00',
    '/%ff',
    '//etc/passwd',
  ])('have nothing at %s', async (path) => {
    const reply = await ask(server, path)
    expect(reply.status).toBe(404)
    expect(reply.body).toBe('Frostline has nothing at this address.\n')
  })

  it('refuse other methods with the ones that work', async () => {
    const reply = await ask(server, '/', { method: 'PUT' })
    expect(reply.status).toBe(405)
    expect(reply.headers['allow']).toBe('GET, HEAD, POST')
    expect((await ask(server, '/session')).status).toBe(405)
    expect((await ask(server, '/rpc')).status).toBe(426)
  })

  it('answer HEAD without a body', async () => {
    const reply = await ask(server, '/', { method: 'HEAD' })
    expect(reply).toMatchObject({ status: 200, body: '' })
    expect(Number(reply.headers['content-length'])).toBeGreaterThan(0)
  })
})

describe('a request that names another host', () => {
  it.each(['localhost', 'panel.example', '127.0.0.1', '127.0.0.1:1'])('is refused: %s', async (host) => {
    const reply = await ask(server, '/', { headers: { host } })
    expect(reply.status).toBe(421)
    expect(reply.body).not.toContain('Stub panel')
  })

  it('is refused when its target is an absolute address', async () => {
    expect((await ask(server, `http://127.0.0.1:${server.port}/`)).status).toBe(400)
  })
})

describe('signing in', () => {
  it('exchanges a token for a secret once', async () => {
    const token = tokenOf(server.signInAddress(OWNER))
    const first = await signIn(server, token)
    expect(first.status).toBe(200)
    expect(JSON.parse(first.body).secret).toMatch(/^[\w-]{43}$/)
    expect(first.headers['cache-control']).toBe('no-store')
    expect((await signIn(server, token)).status).toBe(401)
  })

  it('refuses a wrong token and one older than 60 seconds', async () => {
    expect((await signIn(server, 'wrong')).status).toBe(401)
    const inTime = tokenOf(server.signInAddress(OWNER))
    const tooLate = tokenOf(server.signInAddress(OWNER))
    clockMs += 60_000
    expect((await signIn(server, inTime)).status).toBe(200)
    clockMs += 1
    expect((await signIn(server, tooLate)).status).toBe(401)
  })

  it('refuses a foreign or missing origin without using the token up', async () => {
    const token = tokenOf(server.signInAddress(OWNER))
    expect((await signIn(server, token, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await signIn(server, token, { origin: 'null' })).status).toBe(403)
    const bare = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) }
    expect((await ask(server, '/session', bare)).status).toBe(403)
    expect((await signIn(server, token)).status).toBe(200)
  })

  it.each([
    ['too long', JSON.stringify({ token: 'x'.repeat(2_000) }), 413],
    ['not JSON', '{', 400],
    ['null', 'null', 400],
    ['of another shape', '{"token":1}', 400],
    ['more than a token', '{"token":"a","role":"owner"}', 400],
  ])('refuses a body that is %s', async (_name, body, status) => {
    const headers = { origin: server.origin, 'content-type': 'application/json' }
    expect((await ask(server, '/session', { method: 'POST', headers, body })).status).toBe(status)
  })

  it('refuses a form, which a foreign page could send without asking', async () => {
    expect((await signIn(server, 'x', { 'content-type': 'text/plain' })).status).toBe(415)
  })
})

describe('a second start', () => {
  it('is served only with the secret of this account', async () => {
    expect((await ask(server, '/open', { method: 'POST' })).status).toBe(403)
    expect((await ask(server, '/open', { method: 'POST', headers: { 'x-frostline-open': 'wrong' } })).status).toBe(403)
    const reply = await ask(server, '/open', { method: 'POST', headers: { 'x-frostline-open': server.openSecret } })
    expect(reply).toMatchObject({ status: 200, body: '{"done":"window"}' })
  })
})
