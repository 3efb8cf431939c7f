import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBucketOrigin } from '../../support/bucket-origin.ts'
import { eventually } from '../../support/core-client.ts'
import { startCoreProcess, type CoreProcess } from '../../support/core-process.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import { writeProject } from '../../support/local-project.ts'
import { BUCKET, publishingSite } from '../../support/publishing-site.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'
import type { TestServer } from '../platform/http-test-server.ts'

// A project that is built here and brought to a bucket; the core is killed in the middle and started again.
const project = realpathSync(mkdtempSync(join(tmpdir(), 'frostline-project-')))
const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-killed-'))
let s3: S3Server
let origin: TestServer
let stack: TestDemo
let core: CoreProcess
let siteId = ''

beforeAll(async () => {
  writeProject(project, {
    'build.sh': 'mkdir -p dist/one && date +%s%N > dist/one/index.html && echo "<a href=/one/>one</a>" > dist/index.html\n',
  })
  s3 = await startS3Server('AKIATEST')
  origin = await startBucketOrigin(s3, BUCKET)
  stack = await startTestDemo(undefined, quickTimings, origin.url)
  core = await startCoreProcess(dataFolder)
  const builder = { kind: 'local' as const, folder: project, command: 'sh build.sh', outputFolder: 'dist' }
  siteId = (await core.client.sites.add({ ...publishingSite(stack, s3), builder, watchSeconds: 86_400 })).siteId
}, 120_000)
afterAll(async () => {
  await core?.kill()
  await stack?.demo.close()
  await Promise.all([s3?.stop(), origin?.stop()])
  for (const folder of [project, dataFolder]) rmSync(folder, { recursive: true, force: true })
})

/** Builds, kills the core when such a request reaches the bucket, and starts it again. Returns the build's id. */
async function killAt(request: RegExp, afterwards: S3Server['before'] = () => null): Promise<string> {
  const reached = new Promise<void>((resolve) => {
    s3.before = (call) => {
      if (request.test(call)) resolve()
      return new Promise((go) => setTimeout(() => go(null), 30))
    }
  })
  const { id } = await core.client.builds.trigger({ siteId, title: 'Killed' })
  await reached
  await core.kill()
  s3.before = afterwards
  core = await startCoreProcess(dataFolder)
  return id
}

const ended = (id: string) =>
  eventually(
    async () => (await core.client.builds.list({ siteId })).find((build) => build.id === id),
    (build) => build !== undefined && build.state !== 'running' && build.state !== 'queued' && build.release?.published === true,
    60_000,
  )

test.each([
  ['while pages are sent', /^PUT .*\/one\/index\.html$/],
  ['while the manifest is sent', /^PUT .*manifest\.json$/],
  ['while it is marked as published', /^PUT .*\.frostline-published$/],
])(
  'a build whose core is killed %s ends as its deploy does',
  async (_when, request) => {
    const id = await killAt(request)
    const build = await ended(id)
    expect(build).toMatchObject({ state: 'succeeded', error: null, release: { published: true } })
    const { runs } = await core.client.publishing.list({ siteId })
    expect(runs[0]).toMatchObject({ state: 'done', releaseId: build?.release?.id })
  },
  120_000,
)

test('one whose deploy is given up says so, and why', async () => {
  const id = await killAt(/^PUT .*\/one\/index\.html$/, (call) => (call.startsWith('PUT') ? 403 : null))
  const build = await eventually(
    async () => (await core.client.builds.list({ siteId })).find((one) => one.id === id),
    (one) => one?.state === 'succeeded' && one.error !== null,
    60_000,
  )
  expect(build).toMatchObject({ error: expect.stringMatching(/^Built, but not published\. /), release: { published: false } })
}, 120_000)
