import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import type { LocalRelease, PublishProgress } from '#main/providers/publisher.ts'
import { createHttp } from '#main/platform/http.ts'
import { createS3Releases } from '#main/providers/s3-deploy/s3-deploy.ts'
import { buildOf, createBucketBuilds } from '#main/publishing/bucket-builds.ts'
import { createPublisher } from '#main/publishing/publisher.ts'
import type { StoredRun } from '#main/publishing/run-store.ts'
import { localRelease } from '../../support/local-release.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'

const http = createHttp()
let server: S3Server
beforeAll(async () => {
  server = await startS3Server('AKIATEST')
})
afterAll(async () => {
  await server.stop()
  await http.close()
})
beforeEach(() => server.objects.clear())

const running = new AbortController().signal
const open = () =>
  createS3Releases({
    bucket: 'pages',
    prefix: '',
    region: 'eu-central-1',
    endpoint: server.url,
    forcePathStyle: true,
    credentials: { kind: 'keys', accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    http,
    htmlSeconds: 60,
    nowMs: Date.now,
  })
const SITE = { 'index.html': 'Home', 'about/index.html': 'About' }

/** A publisher whose deploys end in a given way, with a real bucket behind it. */
function publisher(state: StoredRun['state'], message = 'What came of it.') {
  const releases = open()
  let progress: PublishProgress | null = null
  const cancelled: string[] = []
  const made = createPublisher({
    releases,
    stopped: running,
    async start(release: LocalRelease) {
      const { id: releaseId, title } = release
      const run = { id: 'd1', siteId: 's', state, releaseId, title, by: 'Ada', message, startedAtMs: 0, endedAtMs: 1 }
      const ended = releases.upload(release, null, running, (step) => (progress = step)).then(() => run)
      return { run, ended }
    },
    cancel: (id) => void cancelled.push(id),
    lastOf: () => null,
    progressOf: () => progress,
    liveId: async () => 'r-1',
    switchTo: async (id) => ({ id: `switch to ${id}` }),
    findSwitch: (id) => ({ state: id.endsWith('r-2') ? 'done' : 'failed', message: 'Refused.' }),
  })
  return { made, releases, cancelled }
}

describe('The publisher of a site', () => {
  test('publishes, tells how far it is, and knows what lies there', async () => {
    const { made } = publisher('done')
    const seen: PublishProgress[] = []
    expect(await made.publish(localRelease('r-1', SITE), running, (step) => seen.push(step))).toEqual({
      id: 'r-1',
      title: 'Release r-1',
      publishedAtMs: null,
      place: '/releases/r-1',
    })
    expect(seen.at(-1)).toMatchObject({ phase: 'uploading pages', done: 2, total: 2 })
    await made.publish(localRelease('r-2', { ...SITE, 'index.html': 'Home, second' }), running, () => {})
    expect((await made.list(1)).map(({ id }) => id)).toEqual(['r-2'])
    expect((await made.live())?.id).toBe('r-1')
    expect((await made.rollBack('r-2')).id).toBe('r-2')
    await expect(made.rollBack('r-1')).rejects.toMatchObject({ code: 'CONFLICT', message: 'Refused.' })
  })

  test('fails with the sentence of the deploy, and a caller who gives up cancels it', async () => {
    const failed = publisher('failed', 'The edge refused.')
    await expect(failed.made.publish(localRelease('r-1', SITE), running, () => {})).rejects.toMatchObject({
      message: 'The edge refused.',
    })
    const stop = new AbortController()
    const { made, cancelled } = publisher('cancelled')
    stop.abort(new Error('given up'))
    await expect(made.publish(localRelease('r-1', SITE), stop.signal, () => {})).rejects.toThrow('given up')
    expect(cancelled).toEqual(['d1'])
  })
})

describe('The builds of a site that is published to a bucket', () => {
  test('are those of its builder with their places, and those that only the bucket knows', async () => {
    const releases = open()
    await releases.upload(localRelease('r-1', SITE), null, running, () => {})
    await releases.upload(localRelease('r-2', SITE), 'r-1', running, () => {})
    const [stored] = await releases.list()
    if (!stored) throw new Error('nothing lies there')
    const place = { ...buildOf(stored), remoteId: 'own-7', title: 'Built here' }
    const own: RemoteBuild = { ...place, release: { ...stored, published: false, manifestUrl: 'local:r-2' } }
    const list = async () => ({ liveReleaseId: null, listUrl: null, builds: [own] })
    const told: (readonly string[])[] = []
    const builds = createBucketBuilds({
      releases,
      builder: { list } as unknown as Builder,
      hosts: async () => ['a.example', 'b.example'],
      lies: (ids) => told.push(ids),
    })
    const found = await builds.list(10)
    expect(found?.builds.map(({ remoteId, release }) => [remoteId, release?.id, release?.originPath])).toEqual([
      ['own-7', 'r-2', '/releases/r-2'],
      ['bucket:r-1', 'r-1', '/releases/r-1'],
    ])
    expect(told).toEqual([['r-2', 'r-1']])
    const manifest = await builds.manifest('bucket:r-1')
    expect(manifest.files.map(({ host, path }) => host + path)).toEqual([
      'a.example/',
      'a.example/about/',
      'b.example/',
      'b.example/about/',
    ])
    const alone = createBucketBuilds({ releases, builder: null, hosts: async () => [], lies: () => {} })
    expect((await alone.list(10))?.builds).toHaveLength(2)
    await expect(alone.trigger('Rebuild')).rejects.toThrow('no build hook')
  })
})
