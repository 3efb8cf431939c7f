import { runInNewContext } from 'node:vm'
import { GetInvalidationCommand, ListInvalidationsCommand, type CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askJson, cloudFront, control, startFixture, until, visit, visitSecondPop, type Fixture } from './demo-fixture.ts'
import { advance, expire, readEntry, refresh, refreshed, reportVisit, ssrState, stopClock } from './ssr-fixture.ts'

let fixture: Fixture
let client: CloudFrontClient

beforeAll(async () => {
  fixture = await startFixture()
  client = cloudFront(fixture)
  await stopClock(fixture)
})
afterAll(async () => {
  client.destroy()
  await fixture.end()
})

/** The items of every invalidation, newest first. */
async function purgedItems(): Promise<readonly (readonly string[])[]> {
  const DistributionId = fixture.demo.distributionId
  const { InvalidationList: page } = await client.send(new ListInvalidationsCommand({ DistributionId }))
  return Promise.all(
    (page?.Items ?? []).map(async ({ Id }) => {
      const { Invalidation: read } = await client.send(new GetInvalidationCommand({ DistributionId, Id }))
      return read?.InvalidationBatch?.Paths?.Items ?? []
    }),
  )
}

/** Visits the page and reports it as its script would. */
async function look(path: string): Promise<void> {
  const { headers } = await visit(fixture, path)
  const reply = await reportVisit(fixture, path, new Date(String(headers['last-modified'])).toISOString())
  expect(reply.status).toBe(202)
}

const purged = (count: number): Promise<unknown> =>
  until(
    () => ssrState(fixture),
    ({ visitChecks }) => visitChecks.purged === count,
  )

describe('the pages’ script', () => {
  test('is external, and only pages that live for 30 days have it', async () => {
    const card = (await visit(fixture, '/menu-card')).body
    expect(Array.from(card.matchAll(/<script[^>]*>[^<]*<\/script>/g), ([element]) => element)).toEqual([
      '<script src="/.visit-check.js" defer></script>',
    ])
    expect((await visit(fixture, '/fresh')).body).not.toContain('<script')
    expect((await visit(fixture, '/lists')).body).not.toContain('<script')
  })

  test.each([1, 5, 10])('reports a page at most once in %i minutes', async (minutes) => {
    await control(fixture, '/api/visit-check', { minutes })
    await advance(fixture, 60)
    const script = await visit(fixture, '/.visit-check.js')
    expect(script.headers['content-type']).toContain('text/javascript')
    const stored = new Map<string, string>()
    const sent: unknown[] = []
    const open = async (path: string): Promise<void> => {
      const { now } = (await askJson(fixture.demo.controlsUrl, '/api/state')) as { now: string }
      runInNewContext(script.body, {
        location: { pathname: path },
        document: { lastModified: '11/21/2026 10:00:00' },
        localStorage: {
          getItem: (key: string) => stored.get(key) ?? null,
          setItem: (key: string, value: string) => stored.set(key, value),
        },
        navigator: { sendBeacon: (url: string, body: string) => sent.push([url, JSON.parse(body)]) },
        Date: class extends Date {
          static override now = (): number => Date.parse(now)
        },
      })
    }
    await open('/menu-card/fig')
    await advance(fixture, minutes * 60 - 1)
    await open('/menu-card/fig')
    expect(sent).toEqual([
      ['/.visit-check', { path: '/menu-card/fig', refreshedOn: new Date('11/21/2026 10:00:00').toISOString() }],
    ])
    await open('/menu-card/lime')
    expect(sent).toHaveLength(2)
    await advance(fixture, 1)
    await open('/menu-card/fig')
    expect(sent).toHaveLength(3)
  })
})

describe('a visit', () => {
  test('of an expired page has it refreshed, then purges that path alone, once', async () => {
    const path = '/menu-card/orange'
    await visit(fixture, path)
    await visit(fixture, '/menu-card/peach')
    const before = await purgedItems()
    await look(path)
    await control(fixture, '/api/ssr-page', { path, text: 'From the south.' })
    await advance(fixture, 10)
    await expire(fixture, { paths: [path, '/menu-card/peach'] })
    await advance(fixture, 10)
    const { purged: earlier } = (await ssrState(fixture)).visitChecks
    await Promise.all([look(path), look(path)])
    await purged(earlier + 1)
    await until(
      () => visit(fixture, path),
      ({ body }) => body.includes('From the south.'),
    )
    const second = await visitSecondPop(fixture, path)
    expect(second.body).toContain('From the south.')
    expect(await readEntry(fixture, path)).toMatchObject({ expired: false })
    await look(path)
    await reportVisit(fixture, path, '2020-01-01T00:00:00.000Z')
    expect((await purgedItems()).slice(0, -before.length || undefined)).toEqual([[path]])
    // Its neighbour was not looked at: it waits, and the edge keeps the old copy.
    expect((await readEntry(fixture, '/menu-card/peach')).expired).toBe(true)
    expect((await visit(fixture, '/menu-card/peach')).headers['x-cache']).toBe('Hit from cloudfront')
  })

  test('purges again after the next expiry', async () => {
    const path = '/menu-card/orange'
    await visit(fixture, path)
    const { purged: earlier } = (await ssrState(fixture)).visitChecks
    await advance(fixture, 10)
    await expire(fixture, { paths: [path] })
    await look(path)
    await purged(earlier + 1)
  })

  test('purges also when a visitor elsewhere caused the refresh', async () => {
    const path = '/menu-card/rhubarb'
    await visit(fixture, path)
    await control(fixture, '/api/ssr-page', { path, text: 'Pulled this morning.' })
    await advance(fixture, 10)
    await expire(fixture, { paths: [path] })
    const { purged: earlier } = (await ssrState(fixture)).visitChecks
    await visitSecondPop(fixture, path)
    await refreshed(fixture, path)
    expect((await visit(fixture, path)).body).not.toContain('Pulled')
    await look(path)
    await purged(earlier + 1)
    await until(
      () => visit(fixture, path),
      ({ body }) => body.includes('Pulled this morning.'),
    )
  })

  test('purges nothing when the page is current, was seen new, or was refreshed by a purging client', async () => {
    const [seenNew, handled] = ['/menu-card/melon', '/menu-card/mint']
    await Promise.all([visit(fixture, seenNew), visit(fixture, handled)])
    const { visitChecks } = await ssrState(fixture)
    await look(seenNew)
    await advance(fixture, 10)
    const { markedOn } = await expire(fixture, { paths: [seenNew, handled] })
    await refresh(fixture, [handled])
    await look(handled)
    await reportVisit(fixture, seenNew, new Date(Date.parse(markedOn) + 1_000).toISOString())
    await reportVisit(fixture, '/fresh', '2020-01-01T00:00:00.000Z')
    await reportVisit(fixture, '/nowhere', '2020-01-01T00:00:00.000Z')
    expect((await ssrState(fixture)).visitChecks).toEqual({ ...visitChecks, received: visitChecks.received + 5 })
  })

  test('beyond the hourly cap is put off until there is room', async () => {
    const paths = ['/menu-card/pear', '/menu-card/vanilla']
    await advance(fixture, 3_600)
    await Promise.all(paths.map((path) => visit(fixture, path)))
    await control(fixture, '/api/visit-check', { purgesPerHour: 1 })
    await advance(fixture, 10)
    await expire(fixture, { paths })
    const before = (await ssrState(fixture)).visitChecks
    for (const path of paths) await look(path)
    await purged(before.purged + 1)
    expect((await ssrState(fixture)).visitChecks.putOff).toBe(before.putOff + 1)
    await advance(fixture, 3_600)
    for (const path of paths) await look(path)
    await purged(before.purged + 2)
  })

  test('that is not readable is refused', async () => {
    const send = async (body: string, method = 'POST'): Promise<number> =>
      (await visit(fixture, '/.visit-check', { method, ...(method === 'POST' ? { body } : {}) })).status
    expect(await send('x')).toBe(400)
    expect(await send('{"path":"/menu-card","refreshedOn":"yesterday"}')).toBe(400)
    expect(await send('', 'GET')).toBe(405)
  })
})
