import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, askJson, build, control, manifest, startFixture, visit, type BuildStatus, type Fixture } from './demo-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.end())

const post = (fields: Readonly<Record<string, string>>): ReturnType<typeof visit> =>
  visit(fixture, '/new', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })

describe('a new lolly', () => {
  test('is rendered at once, listed as unbuilt, and becomes a static file with the build that it triggered', async () => {
    const posted = await post({ to: 'Ada', from: 'Grace', message: 'It <compiles> & runs', flavour: 'mint' })
    expect(posted.status).toBe(302)
    const path = String(posted.headers.location)
    expect(path).toMatch(/^\/lolly\/[a-z0-9]{10}$/)

    const rendered = await visit(fixture, path)
    expect(rendered.status).toBe(200)
    expect(rendered.headers['cache-control']).toBe('public, max-age=0, s-maxage=5')
    expect(rendered.headers['x-amz-meta-cache-tag']).toContain(`pb-lolly:${path.slice(7)}`)
    expect(rendered.body).toContain('It &lt;compiles&gt; &amp; runs')
    expect((await visit(fixture, '/sitemap-latest.xml')).body).toContain(`http://${fixture.host}${path}`)

    const { builds } = (await askJson(fixture.demo.urls.builder, '/builds?limit=1')) as { builds: BuildStatus[] }
    expect(builds[0]).toMatchObject({ state: 'queued', causes: ['form'] })

    const built = await build(fixture)
    expect(built.id).toBe(builds[0]?.id)
    const { files } = await manifest(fixture, String(built.release?.id))
    expect(files.some((file) => file.host === fixture.host && file.path === path)).toBe(true)
    const served = await ask(fixture.demo.urls.origin, path, { host: fixture.host })
    expect(served.headers['cache-control']).toBe('public, max-age=0, s-maxage=86400')
    expect(served.headers.etag).toBeDefined()
    expect((await visit(fixture, '/sitemap-latest.xml')).body).not.toContain(path)
  })

  test('is also posted by the demo controls', async () => {
    const answer = await control(fixture, '/api/lollies', { to: 'Lin', message: 'Hello', from: 'Kim' })
    expect((await visit(fixture, String(answer['path']))).body).toContain('For Lin')
  })

  test.each([
    [{ to: '', from: 'G', message: 'm' }, 'Please say whom the lolly is for.'],
    [{ to: 'A', from: 'G', message: '' }, 'Please write a message.'],
    [{ to: 'A'.repeat(61), from: 'G', message: 'm' }, 'A name may have at most 60 characters.'],
    [{ to: 'A', from: 'G', message: 'm'.repeat(501) }, 'The message has 501 characters'],
    [{ to: 'A', from: 'G', message: 'm', flavour: 'tar' }, 'There is no such flavour.'],
  ])('is refused with a page that says why: %#', async (fields, sentence) => {
    const reply = await post(fields)
    expect(reply.status).toBe(400)
    expect(reply.headers['content-type']).toContain('text/html')
    expect(reply.body).toContain(sentence)
    expect(reply.headers.age).toBeUndefined()
  })

  test('does not exist under an unknown id or in the other zone', async () => {
    const unknown = await visit(fixture, '/lolly/unknown')
    expect(unknown.status).toBe(404)
    expect(unknown.body).toContain('There is nothing on this stick')
    expect((await visit(fixture, '/lolly/unknown', { host: fixture.giftsHost })).body).toContain('This box is empty')
  })
})

describe('redirect rules and files', () => {
  test('rules are matched in order, files win', async () => {
    const moved = await visit(fixture, '/old-lists/mango')
    expect([moved.status, moved.headers.location]).toEqual([301, '/lists/mango'])
    const slash = await visit(fixture, '/lists/mango/')
    expect([slash.status, slash.headers.location]).toEqual([301, '/lists/mango'])
    expect((await visit(fixture, '/new')).headers.location).toBe('/new-lolly')
    expect((await visit(fixture, '/nowhere')).status).toBe(404)
  })

  test('the origin answers conditional requests and HEAD', async () => {
    const origin = (options: object): ReturnType<typeof ask> =>
      ask(fixture.demo.urls.origin, '/lists', { host: fixture.host, ...options })
    const whole = await origin({})
    const etag = String(whole.headers.etag)
    expect((await origin({ headers: { 'if-none-match': `"x", W/${etag}` } })).status).toBe(304)
    expect((await origin({ headers: { 'if-none-match': '"x"' } })).status).toBe(200)
    expect((await origin({ headers: { 'if-modified-since': String(whole.headers['last-modified']) } })).status).toBe(304)
    expect(
      (await origin({ headers: { 'if-none-match': '"x"', 'if-modified-since': String(whole.headers['last-modified']) } })).status,
    ).toBe(200)
    const head = await origin({ method: 'HEAD' })
    expect(head.body).toBe('')
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(whole.body)))
  })

  test('a release can be asked for by name, and a path that cannot be decoded is refused', async () => {
    const origin = (path: string): ReturnType<typeof ask> => ask(fixture.demo.urls.origin, path, { host: fixture.host })
    expect((await origin('/releases/r-1/lists/mango')).body).not.toContain('Back in stock')
    expect((await origin('/releases/r-2/lists/mango')).body).toContain('Back in stock')
    expect((await origin('/releases/r-999/')).status).toBe(404)
    expect((await origin('/%E0%A4%A')).status).toBe(400)
    expect((await origin('/..%2f..%2fmanifest.json')).status).toBe(404)
  })
})
