import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BuildProcess } from '../../demo/builder/build-process.ts'
import { ContentStore } from '../../demo/content/content-store.ts'
import { seedContent } from '../../demo/content/seed-content.ts'
import { openDatabase } from '../../demo/platform/database.ts'
import { zonesAt } from '../../demo/platform/zones.ts'
import {
  ask,
  askJson,
  build,
  buildStatus,
  control,
  differences,
  manifest,
  startFixture,
  trigger,
  until,
  type BuildStatus,
  type Fixture,
} from './demo-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.end())

const list = async (): Promise<{ liveReleaseId: string; builds: BuildStatus[] }> =>
  (await askJson(fixture.demo.urls.builder, '/builds?limit=50')) as { liveReleaseId: string; builds: BuildStatus[] }

const sleepers = (seconds: number): Promise<unknown> => control(fixture, '/api/build-pace', { seconds })

describe('a triggered build', () => {
  test('is accepted with a monitor and ends in a published release with a manifest', async () => {
    const { reply, path } = await trigger(fixture, { title: 'Menu changed', cause: 'frostline' })
    expect(reply.status).toBe(202)
    expect(path).toMatch(/^\/builds\/b-\d+$/)
    expect(JSON.parse(reply.body)).toMatchObject({ title: 'Menu changed', causes: ['frostline'], error: null })
    const ended = await until(
      () => buildStatus(fixture, path),
      ({ endedOn }) => endedOn !== null,
    )
    expect(ended).toMatchObject({ state: 'succeeded', error: null, release: { published: true } })
    expect(ended.progress?.done).toBe(ended.progress?.total)
    expect((await list()).liveReleaseId).toBe(ended.release?.id)
    const made = await manifest(fixture, String(ended.release?.id))
    expect(made).toMatchObject({ id: ended.release?.id, buildId: ended.id, startedOn: ended.startedOn })
    expect(made.redirects).toContainEqual({ from: '/lolly/*', to: '/.functions/lolly', status: 200 })
    expect(made.redirects).toContainEqual({ from: '/fresh/*', to: '/.functions/ssr', status: 200 })
    expect(made.redirects.at(-1)).toEqual({ from: '/*', to: '/404.html', status: 404 })
  })

  test('waits to be published when its trigger says so', async () => {
    const before = (await list()).liveReleaseId
    const { path } = await trigger(fixture, { title: 'Held back', publish: false })
    const ended = await until(
      () => buildStatus(fixture, path),
      ({ endedOn }) => endedOn !== null,
    )
    expect(ended).toMatchObject({ state: 'succeeded', release: { published: false, publishedOn: null } })
    expect((await list()).liveReleaseId).toBe(before)
  })

  test('streams its log while it runs', async () => {
    await sleepers(1)
    const { path } = await trigger(fixture)
    const running = await until(
      () => buildStatus(fixture, path),
      ({ progress }) => (progress?.done ?? 0) > 0,
    )
    expect(running.state).toBe('running')
    const log = await new Promise<{ states: Promise<BuildStatus>[]; text: string }>((resolve) => {
      const states: Promise<BuildStatus>[] = []
      let text = ''
      request(`${fixture.demo.urls.builder}${running.links.log}`, { agent: false }, (response) => {
        response
          .setEncoding('utf8')
          .on('data', (part: string) => {
            if (text === '') states.push(buildStatus(fixture, path))
            text += part
          })
          .on('end', () => resolve({ states, text }))
      }).end()
    })
    expect((await log.states[0])?.state).toBe('running')
    expect((await buildStatus(fixture, path)).state).toBe('succeeded')
    expect(log.text).toMatch(/^Queued: Build\n/)
    expect(log.text).toContain('[11ty] Writing zones/lollies/index.html from ./site/templates/home.11ty.ts\n')
    expect(log.text).toMatch(/Release r-\d+ is live\n$/)
    expect((await ask(fixture.demo.urls.builder, running.links.log)).body).toBe(log.text)
    await sleepers(0)
  })

  test('ends when it is cancelled, and the live release stays', async () => {
    await sleepers(60)
    const before = (await list()).liveReleaseId
    const { path } = await trigger(fixture)
    await until(
      () => buildStatus(fixture, path),
      ({ state }) => state === 'running',
    )
    expect((await ask(fixture.demo.urls.builder, `${path}/cancel`, { method: 'POST' })).status).toBe(202)
    const cancelled = await buildStatus(fixture, path)
    expect(cancelled).toMatchObject({ state: 'cancelled', release: null })
    expect(cancelled.endedOn).not.toBeNull()
    await sleepers(0)
    expect((await list()).liveReleaseId).toBe(before)
    expect((await ask(fixture.demo.urls.builder, `${path}/cancel`, { method: 'POST' })).status).toBe(202)
    expect((await buildStatus(fixture, path)).endedOn).toBe(cancelled.endedOn)
  })

  test('waits for more, is joined, and is pulled forward by a plain trigger', async () => {
    const first = await trigger(fixture, { title: 'One', cause: 'a', coalesceSeconds: 3_000 })
    const waiting = await buildStatus(fixture, first.path)
    expect(waiting.state).toBe('queued')
    const second = await trigger(fixture, { title: 'Two', cause: 'b', coalesceSeconds: 3_500 })
    expect(second.path).toBe(first.path)
    expect((await buildStatus(fixture, first.path)).startsOn).toBe(waiting.startsOn)
    const third = await trigger(fixture, { cause: 'a' })
    expect(third.path).toBe(first.path)
    const ended = await until(
      () => buildStatus(fixture, first.path),
      ({ endedOn }) => endedOn !== null,
    )
    expect(ended).toMatchObject({ state: 'succeeded', title: 'One', causes: ['a', 'b'] })
    expect(ended.startsOn < waiting.startsOn).toBe(true)
  })

  test('queues one more while it runs', async () => {
    await sleepers(60)
    const running = await trigger(fixture)
    await until(
      () => buildStatus(fixture, running.path),
      ({ state }) => state === 'running',
    )
    const next = await trigger(fixture)
    expect(next.path).not.toBe(running.path)
    expect((await trigger(fixture)).path).toBe(next.path)
    expect((await buildStatus(fixture, next.path)).state).toBe('queued')
    await ask(fixture.demo.urls.builder, `${next.path}/cancel`, { method: 'POST' })
    expect((await buildStatus(fixture, next.path)).state).toBe('cancelled')
    await ask(fixture.demo.urls.builder, `${running.path}/cancel`, { method: 'POST' })
    await sleepers(0)
  })
})

describe('what a build changes', () => {
  test('nothing when no content changed', async () => {
    const first = await build(fixture)
    const second = await build(fixture)
    expect(
      differences(await manifest(fixture, String(first.release?.id)), await manifest(fixture, String(second.release?.id))),
    ).toEqual([])
  })

  test('exactly the pages with the menu’s tag after the menu was edited', async () => {
    const before = await manifest(fixture, String((await build(fixture)).release?.id))
    await control(fixture, '/api/menu', { label: 'Every lolly' })
    const after = await manifest(fixture, String((await build(fixture)).release?.id))
    const tagged = after.files
      .filter(({ tags }) => tags.includes('pb-menu:main-menu'))
      .map(({ host, path }) => `${host} ${path}`)
      .sort()
    expect(differences(before, after)).toEqual(tagged)
    expect(tagged.length).toBeGreaterThan(45)
    expect(tagged.some((name) => name.includes('/lolly/'))).toBe(false)
    expect(new Set(tagged.map((name) => name.split(' ')[0]))).toEqual(new Set([fixture.host, fixture.giftsHost]))
  })

  test('keeps the newest ten releases', async () => {
    const released = async (): Promise<number> => (await list()).builds.filter(({ state }) => state === 'succeeded').length
    while ((await released()) < 12) await build(fixture)
    const { builds, liveReleaseId } = await list()
    const there = await Promise.all(
      builds
        .filter(({ release }) => release !== null)
        .map(async ({ release }) => (await ask(fixture.demo.urls.builder, String(release?.manifest))).status),
    )
    expect(there).toEqual(Array.from({ length: 10 }, () => 200))
    expect(builds[0]?.release?.id).toBe(liveReleaseId)
    expect((await ask(fixture.demo.urls.builder, '/releases/r-1/manifest.json')).status).toBe(404)
  })
})

describe('a build process', () => {
  test('says in a sentence why a build failed, and builds again afterwards', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-build-'))
    const database = openDatabase(':memory:')
    const builder = new BuildProcess()
    try {
      seedContent(database)
      const stock = new ContentStore(database, zonesAt(4180)).stock()
      writeFileSync(join(folder, 'taken'), '')
      const failed = await builder.run({ stock, outputFolder: join(folder, 'taken'), paceMs: 0 }, () => undefined)
      expect(failed).toMatchObject({ kind: 'failed', sentence: expect.stringMatching(/^Eleventy could not build the site: .+/) })
      expect(await builder.run({ stock, outputFolder: join(folder, 'free'), paceMs: 0 }, () => undefined)).toEqual({
        kind: 'succeeded',
      })
      const ended = builder.run({ stock, outputFolder: join(folder, 'killed'), paceMs: 60_000 }, () => undefined)
      builder.kill()
      expect(await ended).toEqual({ kind: 'failed', sentence: 'The build process ended unexpectedly (SIGKILL).' })
      expect(builder.idle).toBe(false)
    } finally {
      builder.kill()
      database.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('what the build service refuses', () => {
  test('a wrong hook, a wrong body and requests of other web pages', async () => {
    const { builder, hook } = fixture.demo.urls
    const path = new URL(hook).pathname
    expect((await ask(builder, '/hooks/000000000000000000000000', { method: 'POST' })).status).toBe(404)
    expect((await ask(builder, path)).status).toBe(405)
    expect((await ask(builder, path, { method: 'POST', body: '{"coalesceSeconds":-1}' })).status).toBe(400)
    expect((await ask(builder, path, { method: 'POST', body: 'x' })).status).toBe(400)
    expect((await ask(builder, path, { method: 'POST', headers: { origin: 'https://example.com' } })).status).toBe(403)
    expect((await ask(builder, '/builds', { host: 'example.com' })).status).toBe(403)
    expect((await ask(builder, '/builds/b-999')).status).toBe(404)
  })
})
