import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBucketOrigin } from '../../support/bucket-origin.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import { writeProject } from '../../support/local-project.ts'
import { BUCKET, publishingSite } from '../../support/publishing-site.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'
import type { TestServer } from '../platform/http-test-server.ts'

// A project in a folder, a bucket, and an edge that fetches from it: built here, brought there, switched and purged.
let s3: S3Server
let origin: TestServer
let stack: TestDemo
let panel: RunningCore
let project: string
let siteId = ''
const text = (name: string, words: string) => writeFileSync(join(project, `${name}.txt`), words)

beforeAll(async () => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'frostline-project-')))
  writeProject(project, {
    'build.sh': `for page in *.txt; do name=\${page%.txt}; mkdir -p dist/$name; cat $page > dist/$name/index.html; done
echo "<a href=/one/>one</a>" > dist/index.html
printf '/old-one /one/ 301\n/one/ /two/ 302\n' > dist/_redirects\n`,
    'netlify.toml': '[[redirects]]\nfrom = "/docs/*"\nto = "https://docs.example.com/:splat"\n',
    'one.txt': 'one',
    'two.txt': 'two',
  })
  s3 = await startS3Server('AKIATEST')
  origin = await startBucketOrigin(s3, BUCKET)
  stack = await startTestDemo(undefined, quickTimings, origin.url)
  panel = await startTestCore()
  const builder = { kind: 'local' as const, folder: project, command: 'sh build.sh', outputFolder: 'dist' }
  siteId = (await panel.client.sites.add({ ...publishingSite(stack, s3), builder, watchSeconds: 86_400 })).siteId
}, 120_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
  await Promise.all([s3?.stop(), origin?.stop()])
  rmSync(project, { recursive: true, force: true })
})

/** What a visitor gets; the names of the zones lead here only in browsers. */
async function visitors(path: string): Promise<string> {
  const { host, port } = new URL(stack.site.zones[0]?.url ?? '')
  return (await request(`http://127.0.0.1:${port}${path}`, { headers: { host } })).body.text()
}

const builds = () => panel.client.builds.list({ siteId })
const deploys = () => panel.client.deploys.list({ siteId })

async function build(title: string) {
  const { id } = await panel.client.builds.trigger({ siteId, title })
  const all = await eventually(
    builds,
    (list) => list.some((one) => one.id === id && one.state !== 'queued' && one.state !== 'running'),
    60_000,
  )
  const ended = all.find((one) => one.id === id)
  if (!ended) throw new Error('the build is not listed')
  return ended
}

async function purgeEnded() {
  const { lastSwitch } = await deploys()
  return eventually(
    () => panel.client.plans.get({ planId: lastSwitch?.planId ?? '' }),
    ({ endedAtMs }) => endedAtMs !== null,
    60_000,
  )
}

async function logOf(buildId: string): Promise<string[]> {
  const lines: string[] = []
  for await (const { line } of await panel.client.builds.log({ buildId })) lines.push(line)
  return lines
}

describe('A local project whose site is published to a bucket', { timeout: 120_000 }, () => {
  test('is built here, brought to the bucket and given to visitors', async () => {
    const built = await build('First')
    expect(built).toMatchObject({ state: 'succeeded', error: null, release: { published: true } })
    expect((await logOf(built.id)).at(-1)).toBe(`Published at /releases/${built.release?.id}.`)
    const { runs } = await panel.client.publishing.list({ siteId })
    expect(runs.map(({ state, releaseId }) => [state, releaseId])).toEqual([['done', built.release?.id]])
    expect(await visitors('/one/')).toBe('one')
    // One build, not another one that only the bucket knows.
    await eventually(deploys, ({ deploys: all }) => all.length === 1 && all[0]?.state === 'live')
    expect((await builds()).map(({ title }) => title)).toEqual(['First'])
    expect(await panel.client.buildQueue.past({ siteId })).toHaveLength(1)
  })

  test('says which rule answers an address, by the release in the bucket; a file comes before a rule', async () => {
    const ruleOf = (address: string) => panel.client.builds.rule({ siteId, address })
    expect(await ruleOf('/old-one')).toMatchObject({ file: false, rule: { to: '/one/', status: 301, place: 1 }, ruleCount: 3 })
    expect(await ruleOf('/one/')).toMatchObject({ file: true, rule: null })
    expect(await ruleOf('/docs/a/b')).toMatchObject({ rule: { place: 3 }, target: 'https://docs.example.com/a/b' })
    const manifest = [...s3.objects].find(([key]) => key.endsWith('.frostline-manifest.json'))?.[1].body.toString() ?? ''
    expect(JSON.parse(manifest)).toMatchObject({ redirects: [{ from: '/old-one' }, { from: '/one/' }, { from: '/docs/*' }] })
  })

  test('built again, has the pages that changed purged, and only those', async () => {
    await purgeEnded()
    expect(await visitors('/two/')).toBe('two')
    text('one', 'one, corrected')
    const built = await build('Second')
    expect(built.error).toBeNull()
    const plan = await purgeEnded()
    expect(plan).toMatchObject({ state: 'done', purge: { itemCount: 1, items: [{ item: '/one/' }] } })
    expect(await visitors('/one/')).toBe('one, corrected')
  })

  test('is built first by a plan whose pages wait for a build, and the plan does not wait for its own deploy', async () => {
    const { rows } = await panel.client.pages.list({ siteId, filter: { text: '/two/' }, limit: 10 })
    text('two', 'two, corrected')
    const selection = { kind: 'pages' as const, pageIds: rows.map(({ id }) => id) }
    await panel.client.tags.mark({ siteId, what: 'two', target: selection, sinceMs: Date.now() })
    const draft = await panel.client.plans.create({ siteId, selection })
    expect(draft).toMatchObject({ build: { wanted: true }, blocked: null })
    await panel.client.plans.start({ planId: draft.id })
    const ended = await eventually(
      () => panel.client.plans.get({ planId: draft.id }),
      ({ endedAtMs }) => endedAtMs !== null,
      60_000,
    )
    expect([ended.state, ended.result]).toEqual(['done', expect.anything()])
    await purgeEnded()
    expect(await visitors('/two/')).toBe('two, corrected')
  })

  test('that is pinned is brought to the bucket and held there, until the site goes on with it', async () => {
    const { deploys: all } = await deploys()
    const first = all.find(({ title }) => title === 'First')
    await panel.client.deploys.switchTo({ siteId, releaseId: first?.releaseId ?? '', purge: true })
    await eventually(deploys, ({ lastSwitch }) => lastSwitch?.state === 'done', 40_000)
    await purgeEnded()
    expect(await visitors('/one/')).toBe('one')
    text('one', 'one, third')
    const held = await build('Third')
    expect(held).toMatchObject({ state: 'succeeded', error: null, release: { published: false } })
    expect(await visitors('/one/')).toBe('one')
    expect([...s3.objects.keys()]).toContain(`${BUCKET}/releases/${held.release?.id}/one/index.html`)
    const forward = await panel.client.deploys.unpin({ siteId, purge: true })
    expect(forward?.to.id).toBe(held.release?.id)
    await eventually(deploys, ({ lastSwitch }) => lastSwitch?.id === forward?.id && lastSwitch?.state === 'done', 40_000)
    await purgeEnded()
    expect(await visitors('/one/')).toBe('one, third')
  })

  test('that is cancelled while it is sent leaves nothing in the bucket, and visitors what they have', async () => {
    text('one', 'never')
    const before = [...s3.objects.keys()].sort()
    let letGo = (): void => {}
    const sending = new Promise<void>((resolve) => {
      s3.before = (call) =>
        call.startsWith('PUT') && call.endsWith('/one/index.html')
          ? new Promise((go) => {
              letGo = () => go(null)
              resolve()
            })
          : null
    })
    const { id } = await panel.client.builds.trigger({ siteId, title: 'Never mind' })
    await sending
    await panel.client.builds.cancel({ buildId: id })
    letGo()
    s3.before = () => null
    await eventually(builds, (list) => list.some((one) => one.id === id && one.state === 'cancelled'), 40_000)
    expect([...s3.objects.keys()].sort()).toEqual(before)
    expect(await visitors('/one/')).toBe('one, third')
  })
})
