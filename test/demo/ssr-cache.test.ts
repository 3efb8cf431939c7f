import { CreateInvalidationCommand } from '@aws-sdk/client-cloudfront'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloudFront, control, startFixture, until, visit, visitSecondPop, type Fixture } from './demo-fixture.ts'
import { advance, after, atOrigin, expire, readEntry, refreshed, ssrState, stopClock } from './ssr-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture()
  await stopClock(fixture)
})
afterAll(() => fixture.end())

const edit = (path: string, text: string): Promise<unknown> => control(fixture, '/api/ssr-page', { path, text })
const maxAge = async (path: string): Promise<unknown> => (await atOrigin(fixture, path)).headers['cache-control']

describe('a page that lives for 60 seconds', () => {
  test('is rendered by its first visitor and promises what is left until it expires', async () => {
    const path = '/fresh/banana'
    expect((await readEntry(fixture, path)).path).toBeUndefined()
    const first = await atOrigin(fixture, path)
    expect(first.status).toBe(200)
    expect(first.headers['cache-control']).toBe('public, max-age=60')
    expect(first.headers['x-amz-meta-cache-tag']).toBe('pb-menu:footer,pb-fresh:banana')
    const entry = await readEntry(fixture, path)
    expect(entry.expiresOn).toBe(after(entry.lastRefresh.endedOn, 60))
    expect(entry.refreshedOn).toBe(entry.lastRefresh.endedOn)
    await advance(fixture, 59)
    expect(await maxAge(path)).toBe('public, max-age=1')
    expect((await readEntry(fixture, path)).expired).toBe(false)
    await advance(fixture, 1)
    expect((await readEntry(fixture, path)).expired).toBe(true)
  })

  test('is answered as it was for 10 seconds while it is refreshed', async () => {
    const path = '/fresh/bilberry'
    const first = await atOrigin(fixture, path)
    await edit(path, 'A new batch.')
    await advance(fixture, 60)
    const old = await atOrigin(fixture, path)
    expect(old.headers['cache-control']).toBe('public, max-age=10')
    expect(old.body).toBe(first.body)
    const entry = await refreshed(fixture, path)
    expect(entry.expiresOn).toBe(after(entry.lastRefresh.endedOn, 60))
    const fresh = await atOrigin(fixture, path)
    expect(fresh.headers['cache-control']).toBe('public, max-age=60')
    expect(fresh.body).toContain('A new batch.')
    expect(fresh.headers.etag).not.toBe(first.headers.etag)
  })

  test('stays old at the edge for those 10 seconds, then lives for the rest of its 60', async () => {
    const path = '/fresh/blackcurrant'
    await visit(fixture, path)
    await edit(path, 'Straight from the hedge.')
    await advance(fixture, 60)
    const confirmed = await visit(fixture, path)
    expect(confirmed.headers['x-cache']).toBe('RefreshHit from cloudfront')
    expect(confirmed.headers['cache-control']).toBe('public, max-age=10')
    await refreshed(fixture, path)
    await advance(fixture, 9)
    expect((await visit(fixture, path)).body).not.toContain('hedge')
    await advance(fixture, 1)
    const fresh = await visit(fixture, path)
    expect(fresh.body).toContain('hedge')
    expect(fresh.headers['cache-control']).toBe('public, max-age=50')
  })

  test('is rendered once for visitors who come together', async () => {
    const { renders } = await ssrState(fixture)
    const replies = await Promise.all(Array.from({ length: 8 }, () => atOrigin(fixture, '/fresh/caramel')))
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1)
    expect((await ssrState(fixture)).renders).toBe(renders + 1)
  })
})

describe('a page that lives for 2,592,000 seconds', () => {
  test('promises them for as long as it is current', async () => {
    const path = '/menu-card/fig'
    const first = await visit(fixture, path)
    expect(first.headers['cache-control']).toBe('public, max-age=2592000')
    expect(first.headers['x-amz-meta-cache-tag']).toContain('pb-menu:main-menu')
    expect((await readEntry(fixture, path)).ttlSeconds).toBe(2_592_000)
    await advance(fixture, 2_591_999)
    expect(await maxAge(path)).toBe('public, max-age=2592000')
    expect((await visit(fixture, path)).headers['x-cache']).toBe('Hit from cloudfront')
    await advance(fixture, 1)
    const due = await visit(fixture, path)
    expect(due.headers['cache-control']).toBe('public, max-age=10')
    const entry = await refreshed(fixture, path)
    expect(entry.expiresOn).toBe(after(entry.refreshedOn, 2_592_000))
    await advance(fixture, 10)
    expect((await visit(fixture, path)).headers['cache-control']).toBe('public, max-age=2592000')
  })

  test('shows an edited menu only after a refresh of its entry', async () => {
    const path = '/menu-card/ginger'
    await atOrigin(fixture, path)
    await control(fixture, '/api/menu', { label: 'Our whole range' })
    expect((await atOrigin(fixture, path)).body).not.toContain('Our whole range')
    expect((await expire(fixture, { tags: [{ class: 'pb-menu', id: 'main-menu' }] })).marked).toBeGreaterThan(0)
    const old = await atOrigin(fixture, path)
    expect(old.body).not.toContain('Our whole range')
    expect(old.headers['cache-control']).toBe('public, max-age=10')
    await refreshed(fixture, path)
    expect((await atOrigin(fixture, path)).body).toContain('Our whole range')
    expect(await readEntry(fixture, path)).toMatchObject({ expired: false, markedOn: null })
  })

  test('a purge before the refresh stores the old page again', async () => {
    const path = '/menu-card/honey'
    const first = await visit(fixture, path)
    await edit(path, 'Now with thyme.')
    const client = cloudFront(fixture)
    const purge = async (): Promise<unknown> => {
      const sent = new CreateInvalidationCommand({
        DistributionId: fixture.demo.distributionId,
        InvalidationBatch: { CallerReference: crypto.randomUUID(), Paths: { Quantity: 1, Items: [path] } },
      })
      await client.send(sent)
      return until(
        () => visit(fixture, path),
        ({ headers }) => headers['x-cache'] === 'Miss from cloudfront',
      )
    }
    // Nobody told the cache: the old page comes back for 30 days.
    expect(await purge()).toMatchObject({ body: first.body, headers: { 'cache-control': 'public, max-age=2592000' } })
    await expire(fixture, { paths: [path] })
    expect(await purge()).toMatchObject({ body: first.body, headers: { 'cache-control': 'public, max-age=10' } })
    await refreshed(fixture, path)
    expect(await purge()).toMatchObject({
      body: expect.stringContaining('Now with thyme.'),
      headers: { 'cache-control': 'public, max-age=2592000' },
    })
    client.destroy()
  })
})

describe('what is no page', () => {
  test('is the 404 page, in the other zone as well', async () => {
    expect((await visit(fixture, '/menu-card/tar')).status).toBe(404)
    expect((await visitSecondPop(fixture, '/fresh', { host: fixture.giftsHost })).status).toBe(404)
    expect((await visit(fixture, '/fresh', { method: 'POST', body: 'x' })).status).toBe(405)
  })
})

describe('a render that fails', () => {
  test('leaves the old page, and a visitor without one gets an error', async () => {
    const path = '/menu-card/kiwi'
    const first = await atOrigin(fixture, path)
    await control(fixture, '/api/render', { failing: true })
    try {
      await expire(fixture, { paths: [path] })
      expect((await atOrigin(fixture, path)).body).toBe(first.body)
      const entry = await refreshed(fixture, path)
      expect(entry).toMatchObject({ expired: true, failure: { error: 'The page could not be rendered.' } })
      expect((await atOrigin(fixture, '/menu-card/lavender')).status).toBe(500)
    } finally {
      await control(fixture, '/api/render', { failing: false })
    }
    await advance(fixture, 9)
    expect(await maxAge(path)).toBe('public, max-age=1')
    await advance(fixture, 1)
    expect(await maxAge(path)).toBe('public, max-age=10')
    expect(await refreshed(fixture, path)).toMatchObject({ expired: false, failure: null })
  })
})
