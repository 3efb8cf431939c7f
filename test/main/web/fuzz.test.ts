import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PanelServer } from '#main/web/panel-server.ts'
import { ask, startStubServer, WITHOUT_PEOPLE } from '../../support/web-shell.ts'

let server: PanelServer
beforeAll(async () => {
  server = await startStubServer({
    connect: () => {
      throw new Error('Nobody may get as far as the core.')
    },
    ...WITHOUT_PEOPLE,
  })
})
afterAll(() => server.close())

const REQUESTS = 10_000
const AT_ONCE = 50

const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE')
const path = fc.oneof(
  fc.constantFrom('/', '/rpc', '/open', '/session', '/assets/', '/../package.json', '/%2e%2e/frostline.db', '/pages/..%2f..'),
  fc.webPath().map((text) => `/${text.replace(/^\/+/, '')}`),
  fc.string({ maxLength: 60 }).map((text) => `/${encodeURIComponent(text)}`),
  fc.array(fc.constantFrom('..', '%2e', '%00', '\\', 'a', '%c0%af'), { maxLength: 8 }).map((parts) => `/${parts.join('/')}`),
)
const word = fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\x20-\x7e]/g, '-'))
const headers = fc.record(
  {
    host: fc.oneof(word, fc.constantFrom('localhost', '127.0.0.1', 'evil.example')),
    origin: fc.oneof(word, fc.constant('null'), fc.constant('https://evil.example')),
    'content-type': fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-16'),
    'x-frostline-open': word,
    authorization: word,
    cookie: word,
  },
  { requiredKeys: [] },
)
const body = fc.option(
  fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.json(),
    word.map((token) => JSON.stringify({ token })),
    word.map((link) => JSON.stringify({ link })),
    fc.constant('x'.repeat(20_000)),
  ),
  { nil: undefined },
)

/** Node's own refusal of what is no HTTP, or of a connection that it ended. */
const REFUSED_BELOW = /socket hang up|ECONNRESET|EPIPE|Invalid character|Parse Error/

test(`${REQUESTS.toLocaleString('en')} requests of strangers get files or refusals: no session, no window, no file outside, no fault`, async () => {
  const requests = fc.sample(fc.record({ method, path, headers, body }), REQUESTS)
  let answered = 0
  for (let at = 0; at < requests.length; at += AT_ONCE) {
    const some = requests.slice(at, at + AT_ONCE)
    await Promise.all(
      some.map(async ({ path: target, body: sent, ...rest }) => {
        const reply = await ask(server, target, { ...rest, ...(sent !== undefined && { body: sent }) }).catch(
          (error: unknown) => {
            if (REFUSED_BELOW.test(String(error))) return null
            throw error
          },
        )
        if (!reply) return
        answered += 1
        expect(reply.status, `${rest.method} ${target}`).toBeLessThan(500)
        expect(reply.headers['set-cookie']).toBeUndefined()
        expect(reply.body).not.toMatch(/"secret"|SQLite format|"dependencies"/)
        if (rest.method === 'POST') expect(reply.status).toBeGreaterThanOrEqual(400)
      }),
    )
  }
  expect(answered).toBeGreaterThan(REQUESTS / 2)
  expect((await ask(server, '/')).status).toBe(200)
}, 120_000)
