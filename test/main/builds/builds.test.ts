import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { createBuilds, type Builds } from '#main/builds/service.ts'
import { endMarks } from '#main/tags/mark-ends.ts'
import { createChanges } from '#main/platform/changes.ts'
import { silentLog } from '#main/platform/log.ts'
import { importManifest } from '#main/pages/import-manifest-task.ts'
import type { Builder, BuildList, Manifest, RemoteBuild } from '#main/providers/builder.ts'
import { eventually } from '../../support/core-client.ts'
import { SITE, storedSite, WWW, type StoredSite } from '../../support/stored-site.ts'

const HASH = { one: 'sha256-1', two: 'sha256-2', three: 'sha256-3' }
type Name = keyof typeof HASH

let site: StoredSite
let stop: AbortController
/** What the service would answer: builds by id, the newest first, and what is live. */
let remote: RemoteBuild[]
let live: Name | null
let down: AppError | null
beforeEach(async () => {
  site = await storedSite()
  site.page('/')
  stop = new AbortController()
  remote = []
  live = null
  down = null
})
afterEach(() => {
  stop.abort()
  site.db.close()
})

const build = (name: Name, queuedAtMs: number, published = true, more: Partial<RemoteBuild> = {}): RemoteBuild => ({
  remoteId: `b-${name}`,
  statusUrl: `http://builder/builds/b-${name}`,
  state: 'succeeded',
  title: name,
  causes: [],
  queuedAtMs,
  startsAtMs: null,
  startedAtMs: queuedAtMs,
  endedAtMs: queuedAtMs,
  progress: null,
  error: null,
  logUrl: null,
  cancelUrl: null,
  release: { id: name, published, publishedAtMs: null, manifestUrl: name },
  ...more,
})
const builder: Builder = {
  trigger: async () => build('one', 1, false, { state: 'queued', release: null }),
  async status() {
    if (down) throw down
    return remote[0] ?? Promise.reject(new AppError('NOT_FOUND', 'gone'))
  },
  list: async (): Promise<BuildList> => ({ liveReleaseId: live, builds: remote, listUrl: null }),
  cancel: async () => {},
  async *log() {
    yield 'a line'
  },
  manifest: async (name): Promise<Manifest> => ({
    releaseId: name,
    startedAtMs: 1,
    redirects: [],
    files: [{ host: 'www.example.com', path: '/', hash: HASH[name as Name], type: 'text/html', sizeBytes: 1, tags: [] }],
  }),
}
const service = (): Builds =>
  createBuilds({
    db: site.db,
    clock: Date.now,
    changes: createChanges(),
    log: silentLog,
    stopped: stop.signal,
    builderOf: async () => builder,
    importRelease: async (siteId, manifest, as) =>
      importManifest(
        { db: site.db.raw, clock: Date.now, endMarks },
        { siteId, manifest, as, zones: [{ id: WWW, host: 'www.example.com' }] },
      ),
  })
const home = () => {
  const { origin_hash, staged_hash } = site.row(1)
  return [origin_hash, staged_hash]
}

describe('Releases', () => {
  test('that are live prove the origin; ones that are built and not published wait', async () => {
    const builds = service()
    live = 'one'
    remote = [build('two', 2, false), build('one', 1)]
    expect(await builds.sync(SITE, stop.signal)).toBe(true)
    expect(home()).toEqual([HASH.one, HASH.two])
    expect(await builds.sync(SITE, stop.signal)).toBe(false)
    live = 'two'
    remote = [build('two', 2), build('one', 1)]
    expect(await builds.sync(SITE, stop.signal)).toBe(true)
    expect(home()).toEqual([HASH.two, null])
  })

  test('that are rolled back prove the older bytes', async () => {
    const builds = service()
    live = 'two'
    remote = [build('two', 2), build('one', 1)]
    await builds.sync(SITE, stop.signal)
    live = 'one'
    await builds.sync(SITE, stop.signal)
    expect(home()).toEqual([HASH.one, null])
    expect((await builds.list(SITE)).map(({ title, release }) => [title, release?.live])).toEqual([
      ['two', false],
      ['one', true],
    ])
  })

  test('that wait still wait when another one becomes live', async () => {
    const builds = service()
    live = 'one'
    remote = [build('three', 3, false), build('two', 2, true), build('one', 1)]
    await builds.sync(SITE, stop.signal)
    expect(home()).toEqual([HASH.one, HASH.three])
    live = 'two'
    await builds.sync(SITE, stop.signal)
    expect(home()).toEqual([HASH.two, HASH.three])
  })

  test('that are older than the live one do not wait', async () => {
    live = 'two'
    remote = [build('two', 2), build('one', 1, false)]
    await service().sync(SITE, stop.signal)
    expect(home()).toEqual([HASH.two, null])
  })
})

describe('A build', () => {
  test('is followed to its end, and its release is known then', async () => {
    const builds = service()
    const { build: begun, ended } = await builds.trigger(SITE, 'One')
    expect(begun).toMatchObject({ state: 'queued', release: null })
    live = 'one'
    remote = [build('one', 1)]
    expect(await ended).toMatchObject({ state: 'succeeded' })
    expect(await builds.list(SITE)).toMatchObject([{ id: begun.id, state: 'succeeded', release: { id: 'one', live: true } }])
    expect(home()).toEqual([HASH.one, null])
  })

  test('is waited for while its service does not answer', async () => {
    const builds = service()
    down = new AppError('UNREACHABLE', 'The service is away.', { retryable: true })
    const { ended } = await builds.trigger(SITE, 'One')
    setTimeout(() => {
      down = null
    }, 900)
    live = 'one'
    remote = [build('one', 1)]
    expect(await ended).toMatchObject({ state: 'succeeded' })
  })

  test('of which the service knows nothing any more is lost, and says so', async () => {
    const builds = service()
    const { ended } = await builds.trigger(SITE, 'One')
    await expect(ended).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await builds.list(SITE)).toMatchObject([
      { state: 'lost', error: 'The build service does not answer for this build any more.', canCancel: false, hasLog: false },
    ])
  })

  test('goes on after a restart, and one that had ended is answered at once', async () => {
    const { build: begun } = await service().trigger(SITE, 'One')
    stop.abort()
    stop = new AbortController()
    live = 'one'
    remote = [build('one', 1)]
    const after = service()
    expect(await after.resume(SITE, begun.id)).toMatchObject({ state: 'succeeded' })
    remote = []
    expect(await after.resume(SITE, begun.id)).toMatchObject({ state: 'succeeded' })
  })

  test('that somebody else began is found and followed', async () => {
    const builds = service()
    remote = [build('one', 1, false, { state: 'running', release: null, endedAtMs: null })]
    await builds.sync(SITE, stop.signal)
    expect(await builds.list(SITE)).toMatchObject([{ state: 'running' }])
    live = 'one'
    remote = [build('one', 1)]
    await eventually(
      () => builds.list(SITE),
      ([only]) => only?.state === 'succeeded' && only.release?.live === true,
    )
  })

  test('without a way to cancel it or to read it says so', async () => {
    const builds = service()
    live = 'one'
    remote = [build('one', 1)]
    await builds.sync(SITE, stop.signal)
    const [only] = await builds.list(SITE)
    await expect(builds.cancel(only?.id ?? '')).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' })
    const lines = builds.log(only?.id ?? '', stop.signal)[Symbol.asyncIterator]()
    await expect(lines.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
