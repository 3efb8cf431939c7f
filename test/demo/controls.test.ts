import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, askJson, build, control, originCursor, originRequests, startFixture, visit, type Fixture } from './demo-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.end())

const send = (
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  host?: string,
): ReturnType<typeof ask> => ask(fixture.demo.controlsUrl, path, { method: 'POST', body, headers, host })

describe('who may use the controls', () => {
  test('only this address, and no other web page', async () => {
    const { port } = new URL(fixture.demo.controlsUrl)
    expect((await send('/api/menu', '{"label":"x"}', {}, `rebound.example:${port}`)).status).toBe(403)
    expect((await send('/api/menu', '{"label":"x"}', { origin: 'http://lollies.localhost:4180' })).status).toBe(403)
    expect((await send('/api/menu', '{"label":"x"}', { origin: 'null' })).status).toBe(403)
    expect(
      (await send('/api/menu', '{"label":"Own page"}', { origin: `http://localhost:${port}` }, `localhost:${port}`)).status,
    ).toBe(200)
  })

  test('the page loads nothing from elsewhere', async () => {
    const page = await ask(fixture.demo.controlsUrl, '/')
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    const used = Array.from(page.body.matchAll(/(?:src|href)="([^"#]+)"/g), ([, path]) => String(path))
    expect(used).toEqual(['/page.css', '/page.js'])
    for (const path of used) expect((await ask(fixture.demo.controlsUrl, path)).status).toBe(200)
  })
})

describe('what they do', () => {
  test('every form of the page has an action that answers a sentence', async () => {
    const page = (await ask(fixture.demo.controlsUrl, '/')).body
    const actions = Array.from(page.matchAll(/data-action="([^"]+)"/g), ([, path]) => String(path))
    expect(actions.length).toBeGreaterThan(6)
    for (const action of actions.filter((path) => path !== '/api/reset')) {
      const reply = await send(action, '[]')
      expect([action, reply.status]).toEqual([action, 400])
    }
    expect((await control(fixture, '/api/lists', { slug: 'fig', intro: 'New figs.' }))['sentence']).toContain('fig')
    expect((await send('/api/lists', '{"slug":"tar","intro":"x"}')).body).toContain('There is no list')
    expect((await send('/api/clock', '{"factor":"fast"}')).status).toBe(400)
    expect((await send('/api/clock', '{')).status).toBe(400)
  })

  test('the clock can run faster and jump, but not back', async () => {
    const now = async (): Promise<number> =>
      Date.parse(((await askJson(fixture.demo.controlsUrl, '/api/state')) as { now: string }).now)
    const before = await now()
    await control(fixture, '/api/clock', { factor: 1_000, advanceSeconds: 3_600 })
    expect(await now()).toBeGreaterThanOrEqual(before + 3_600_000)
    const early = await now()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await now()) - early).toBeGreaterThanOrEqual(15_000)
    expect((await send('/api/clock', '{"advanceSeconds":-5}')).status).toBe(400)
    await control(fixture, '/api/clock', { factor: 1 })
    const reply = await visit(fixture, '/account')
    expect(Date.parse(String(reply.headers.date))).toBeGreaterThanOrEqual(before + 3_600_000 - 1_000)
  })

  test('requests to the origin are counted by host and path, from a cursor or from zero', async () => {
    const cursor = await originCursor(fixture)
    await ask(fixture.demo.urls.origin, '/about', { host: fixture.giftsHost })
    await visit(fixture, '/account')
    const { counts } = (await askJson(fixture.demo.controlsUrl, `/api/origin-requests?since=${String(cursor)}`)) as {
      counts: unknown[]
    }
    expect(counts).toEqual([
      { host: fixture.giftsHost, path: '/about', requests: 1, fromEdge: 0 },
      { host: fixture.host, path: '/account', requests: 1, fromEdge: 1 },
    ])
    await control(fixture, '/api/origin-requests/reset')
    expect(await originRequests(fixture, '/account')).toBe(0)
  })

  test('reset brings back the first start, with the same addresses', async () => {
    await control(fixture, '/api/menu', { label: 'Gone after the reset' })
    await build(fixture)
    await control(fixture, '/api/clock', { factor: 10 })
    await control(fixture, '/api/reset')
    const state = (await askJson(fixture.demo.controlsUrl, '/api/state')) as Record<string, unknown>
    expect(state).toMatchObject({ liveReleaseId: 'r-2', clockFactor: 1, invalidations: 0, lollies: 320 })
    expect((await visit(fixture, '/lists')).body).toContain('>All lists</a>')
    expect((await build(fixture)).state).toBe('succeeded')
  })
})
