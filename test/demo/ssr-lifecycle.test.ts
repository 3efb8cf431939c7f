import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../demo/platform/database.ts'
import { askJson, control, quickTimings, startFixture, until, visit } from './demo-fixture.ts'
import { advance, atOrigin, expire, readEntry, ssrState, stopClock } from './ssr-fixture.ts'

test('a slow render runs once for each path, and old pages are answered for 10 seconds at a time meanwhile', async () => {
  const fixture = await startFixture()
  try {
    await stopClock(fixture)
    const path = '/fresh/apricot'
    const first = await atOrigin(fixture, path)
    await control(fixture, '/api/render', { milliseconds: 60_000 })
    const { renders } = await ssrState(fixture)
    await advance(fixture, 60)
    for (const [seconds, left] of [
      [0, 10],
      [4, 6],
      [6, 10],
    ] as const) {
      await advance(fixture, seconds)
      const old = await atOrigin(fixture, path)
      expect(old.body).toBe(first.body)
      expect(old.headers['cache-control']).toBe(`public, max-age=${String(left)}`)
    }
    expect((await readEntry(fixture, path)).refreshing).toBe(true)
    expect((await ssrState(fixture)).renders).toBe(renders + 1)
    await control(fixture, '/api/reset')
    expect((await readEntry(fixture, '/fresh')).path).toBe('/fresh')
    expect((await readEntry(fixture, path)).path).toBeUndefined()
  } finally {
    await fixture.end()
  }
})

test('a restart keeps entries, marks and addresses, and ends renders that nobody finished', async () => {
  let fixture = await startFixture()
  try {
    const url = fixture.demo.urls.renderer
    await atOrigin(fixture, '/menu-card/pear')
    await expire(fixture, { paths: ['/menu-card/pear'] })
    const before = await readEntry(fixture, '/menu-card/pear')
    await control(fixture, '/api/render', { milliseconds: 60_000 })
    await atOrigin(fixture, '/menu-card/pear')
    expect((await readEntry(fixture, '/menu-card/pear')).refreshing).toBe(true)
    await fixture.demo.close()
    fixture = await startFixture({ dataFolder: fixture.dataFolder, timings: quickTimings })
    expect(fixture.demo.urls.renderer).toBe(url)
    expect(await readEntry(fixture, '/menu-card/pear')).toMatchObject({
      contentHash: before.contentHash,
      refreshedOn: before.refreshedOn,
      markedOn: before.markedOn,
      expired: true,
      refreshing: false,
    })
  } finally {
    await fixture.end()
  }
})

test('after the first start the edge holds rendered pages: one waits for a refresh, one for a purge', async () => {
  const fixture = await startFixture()
  try {
    const marked = await readEntry(fixture, '/menu-card/cherry')
    expect(marked.expired).toBe(true)
    const waiting = await visit(fixture, '/menu-card/cherry')
    expect(waiting.headers['x-cache']).toBe('Hit from cloudfront')
    expect(waiting.headers.etag).toBe(`"${marked.contentHash.slice(7, 39)}"`)
    const refreshed = await readEntry(fixture, '/menu-card/mango')
    expect(refreshed).toMatchObject({ expired: false, markedOn: null })
    const old = await visit(fixture, '/menu-card/mango')
    expect(old.headers['x-cache']).toBe('Hit from cloudfront')
    expect(old.headers.etag).not.toBe(`"${refreshed.contentHash.slice(7, 39)}"`)
    const { ssr } = (await askJson(fixture.demo.controlsUrl, '/api/state')) as { ssr: object }
    expect(ssr).toMatchObject({ entries: 7, settings: { checkMinutes: 5, purgesPerHour: 60 } })
  } finally {
    await fixture.end()
  }
})

test('a folder from before the SSR area keeps its addresses and credentials and gets the area with a build', async () => {
  let fixture = await startFixture()
  try {
    const { urls, credentials, distributionId } = fixture.demo
    await fixture.demo.close()
    const database = openDatabase(join(fixture.dataFolder, 'demo.db'))
    database.exec('DROP TABLE ssrPages; DROP TABLE ssrEntries')
    database.close()
    const identityFile = join(fixture.dataFolder, 'identity.json')
    const { rendererSecret: _absent, ...identity } = JSON.parse(readFileSync(identityFile, 'utf8')) as Record<string, unknown>
    writeFileSync(identityFile, JSON.stringify(identity))
    fixture = await startFixture({ dataFolder: fixture.dataFolder, timings: quickTimings })
    expect(fixture.demo).toMatchObject({ credentials, distributionId, urls: { site: urls.site, hook: urls.hook } })
    expect(fixture.demo.urls.renderer).not.toBe(urls.renderer)
    await until(
      () => askJson(fixture.demo.urls.builder, '/builds?limit=1') as Promise<{ builds: { id: string; state: string }[] }>,
      ({ builds }) => builds[0]?.id === 'b-4' && builds[0].state === 'succeeded',
    )
    expect((await atOrigin(fixture, '/fresh/today')).headers['cache-control']).toMatch(/^public, max-age=\d+$/)
  } finally {
    await fixture.end()
  }
})
