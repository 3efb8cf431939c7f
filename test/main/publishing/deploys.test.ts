import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeployRun } from '#shared/publishing.ts'
import { startBucketOrigin } from '../../support/bucket-origin.ts'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import { BUCKET, publishingSite } from '../../support/publishing-site.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'
import type { TestServer } from '../platform/http-test-server.ts'

const secrets = memorySecrets()
let s3: S3Server
let origin: TestServer
let stack: TestDemo
let panel: RunningCore
let siteId = ''
/** The folder that Eleventy wrote for the first zone of the built-in site. */
let built = ''

beforeAll(async () => {
  s3 = await startS3Server('AKIATEST')
  origin = await startBucketOrigin(s3, BUCKET)
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-demo-'))
  stack = await startTestDemo(dataFolder, quickTimings, origin.url)
  built = mkdtempSync(join(tmpdir(), 'frostline-built-'))
  cpSync(join(dataFolder, 'releases/r-2/zones/lollies'), built, { recursive: true })
  panel = await startTestCore({ secrets })
  siteId = (await panel.client.sites.add(publishingSite(stack, s3, { keep: 2 }))).siteId
  await jobsEnded()
}, 120_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
  await Promise.all([s3?.stop(), origin?.stop()])
})

const deploys = () => panel.client.deploys.list({ siteId })
/** Files of releases that were sent. */
const puts = () =>
  s3.requests.flatMap((one) => (/^PUT .*\/releases\/[^/]+\//.test(one) ? [one.replace(/^.*releases\/[^/]+\//, '')] : []))
const home = () => stack.site.zones[0]?.url.replace(/\/$/, '') ?? ''
/** What a visitor gets; the names of the zones lead here only in browsers. */
const visit = (path: string) => {
  const { host, port } = new URL(home())
  return request(`http://127.0.0.1:${port}${path}`, { headers: { host } })
}
const visitors = async (path: string) => (await visit(path)).body.text()

async function jobsEnded(): Promise<void> {
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.length > 0 && jobs.every((job) => job.state !== 'running'),
    60_000,
  )
}

async function runEnded(id: string): Promise<DeployRun> {
  const { runs } = await eventually(
    () => panel.client.publishing.list({ siteId }),
    (list) => list.runs.some((run) => run.id === id && run.endedAtMs !== null),
    60_000,
  )
  const run = runs.find((one) => one.id === id)
  if (!run) throw new Error('the run is not listed')
  return run
}

async function publish(title: string): Promise<DeployRun> {
  s3.requests.length = 0
  const { id } = await panel.client.publishing.folder({ siteId, path: built, title })
  return runEnded(id)
}

async function purgeEnded(): Promise<void> {
  const { lastSwitch } = await deploys()
  if (lastSwitch?.planId)
    await eventually(
      () => panel.client.plans.get({ planId: lastSwitch.planId ?? '' }),
      ({ endedAtMs }) => endedAtMs !== null,
      60_000,
    )
}

test('a first deploy brings every file, switches the edge, and purges what it held', async () => {
  const run = await publish('First from here')
  expect(run.state, run.message).toBe('done')
  expect(run.steps.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Bringing \d+ files/),
    expect.stringMatching(/files sent .*0 copied/),
    'The edge is told where to fetch from.',
    expect.stringContaining('every location of the edge had it'),
    expect.stringContaining('every location of the edge had it'),
  ])
  expect(puts().length).toBeGreaterThan(300)
  expect(puts().at(-2)).toBe('.frostline-manifest.json')
  await purgeEnded()
  const answer = await visit('/about/')
  expect(answer.statusCode).toBe(200)
  await answer.body.dump()
  expect(answer.headers['cache-control']).toBe('public, max-age=0, s-maxage=86400')
  const { deploys: all } = await deploys()
  expect(all.find(({ state }) => state === 'live')).toMatchObject({ releaseId: run.releaseId, title: 'First from here' })
  const { rows } = await panel.client.pages.list({ siteId, filter: { tag: 'pb-menu:main-menu' }, limit: 10 })
  expect(rows.length).toBeGreaterThan(0)
}, 120_000)

test('a second deploy sends what has changed, and what has changed alone is purged', async () => {
  const before = await visitors('/about/')
  writeFileSync(join(built, '_redirects'), '/about-us /about/\n')
  writeFileSync(
    join(built, 'about/index.html'),
    before.replace('</main>', '<p>Edited on a Tuesday.</p></main>').replace('</body>', '<!-- edited --></body>'),
  )
  writeFileSync(join(built, 'robots.txt'), 'User-agent: *\nAllow: /\n')
  const run = await publish('About, edited')
  expect(run.state, run.message).toBe('done')
  expect(puts().sort()).toEqual(['.frostline-manifest.json', '.frostline-published', 'about/index.html', 'robots.txt'])
  await purgeEnded()
  const { lastSwitch, deploys: all } = await deploys()
  const plan = await panel.client.plans.get({ planId: lastSwitch?.planId ?? '' })
  expect(plan).toMatchObject({ state: 'done', purge: { itemCount: 2 } })
  expect(plan.check.newVersion).toBe(plan.check.total)
  expect(await visitors('/about/')).toContain('<!-- edited -->')
  expect(all[0]?.changes).toMatchObject({ added: 0, removed: 0 })
  const changed = await panel.client.deploys.changes({ siteId, releaseId: run.releaseId, kind: 'changed' })
  expect(new Set(changed.rows.map(({ path }) => path))).toEqual(new Set(['/about/']))
  expect(await panel.client.builds.rule({ siteId, address: '/about-us' })).toMatchObject({ rule: { to: '/about/', status: 301 } })
}, 120_000)

test('a roll back needs no upload, pins the site, and a deploy is held until somebody unpins', async () => {
  const { deploys: all } = await deploys()
  const first = all.find(({ title }) => title === 'First from here')
  s3.requests.length = 0
  const begun = await panel.client.deploys.switchTo({ siteId, releaseId: first?.releaseId ?? '', purge: true })
  await eventually(deploys, ({ lastSwitch }) => lastSwitch?.id === begun.id && lastSwitch.state === 'done', 40_000)
  await purgeEnded()
  expect(puts()).toEqual([])
  expect(await visitors('/about/')).not.toContain('<!-- edited -->')

  writeFileSync(join(built, 'about/index.html'), '<!doctype html><title>About</title><p>Third')
  const held = await publish('Third')
  expect(held.state, held.message).toBe('held')
  expect(held.message).toContain(first?.releaseId)
  expect(await visitors('/about/')).not.toContain('Third')
  expect((await deploys()).pin).toMatchObject({ release: { id: first?.releaseId }, forward: { id: held.releaseId } })

  const forward = await panel.client.deploys.unpin({ siteId, purge: true })
  expect(forward?.to.id).toBe(held.releaseId)
  await eventually(deploys, ({ lastSwitch }) => lastSwitch?.id === forward?.id && lastSwitch?.state === 'done', 40_000)
  await purgeEnded()
  expect(await visitors('/about/')).toContain('Third')
}, 120_000)

test('only so many releases are kept, and one that went is offered no more', async () => {
  writeFileSync(join(built, 'about/index.html'), '<!doctype html><title>About</title><p>Fourth')
  const run = await publish('Fourth')
  expect(run.message).toContain('old release')
  const kept = new Set([...s3.objects.keys()].filter((key) => key.split('/').length > 3).map((key) => key.split('/')[2]))
  const { deploys: all } = await deploys()
  expect(kept.size).toBe(2)
  expect(all.filter(({ releaseId }) => kept.has(releaseId)).every(({ state, fixed }) => state === 'live' || fixed === null)).toBe(
    true,
  )
  const gone = all.find(({ title }) => title === 'First from here')
  expect(gone?.fixed).not.toBeNull()
  await expect(panel.client.deploys.switchTo({ siteId, releaseId: gone?.releaseId ?? '' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
}, 120_000)

test('another desktop sees the releases that it did not make, and can give one to visitors', async () => {
  const other = await startTestCore()
  try {
    const { siteId: theirs } = await other.client.sites.add(publishingSite(stack, s3))
    const list = () => other.client.deploys.list({ siteId: theirs })
    const { deploys: all } = await eventually(list, ({ deploys: found }) => found.length === 2 && found[0]?.state === 'live')
    expect(all.map(({ title, fixed }) => [title, fixed])).toEqual([
      ['Fourth', 'Visitors get this release.'],
      ['Third', null],
    ])
    const begun = await other.client.deploys.switchTo({ siteId: theirs, releaseId: all[1]?.releaseId ?? '' })
    await eventually(list, ({ lastSwitch }) => lastSwitch?.id === begun.id && lastSwitch.state === 'done', 40_000)
    expect((await list()).pin?.release.title).toBe('Third')
    await eventually(
      () => other.client.plans.list({ siteId: theirs }),
      (plans) => plans.every(({ endedAtMs }) => endedAtMs !== null),
      60_000,
    )
    const forward = await other.client.deploys.unpin({ siteId: theirs })
    await eventually(list, ({ lastSwitch }) => lastSwitch?.id === forward?.id && lastSwitch?.state === 'done', 40_000)
    await eventually(
      async () => s3.objects.get(`${BUCKET}/releases/pin.json`)?.body.toString() ?? '',
      (pin) => pin.includes('"pin": null'),
    )
  } finally {
    await other.close()
  }
}, 120_000)

test('a deploy does not fail because the edge is slow to confirm its purge, or answers nothing any more', async () => {
  writeFileSync(join(built, 'about/index.html'), '<!doctype html><title>About</title><p>Fifth')
  s3.before = async (call) => {
    if (call.endsWith('.frostline-published') && call.startsWith('PUT')) await stack.act('/api/throttle', { calls: 1_000 })
    return null
  }
  const run = await publish('Fifth')
  s3.before = () => null
  expect(run.state, run.message).toBe('done')
  expect(run.message).toContain('Old releases could not be removed')
  await stack.act('/api/throttle', { calls: 0 })
  await purgeEnded()
  expect(await visitors('/about/')).toContain('Fifth')
}, 120_000)

test('a deploy that is cancelled before the switch leaves nothing behind', async () => {
  for (const name of readdirSync(built).filter((one) => one.endsWith('.txt'))) writeFileSync(join(built, name), 'other')
  writeFileSync(join(built, 'about/index.html'), 'Cancelled')
  const before = new Set(s3.objects.keys())
  let letGo = (): void => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  s3.before = (call) => (call.endsWith('/about/index.html') && call.startsWith('PUT') ? held.then(() => null) : null)
  const { id } = await panel.client.publishing.folder({ siteId, path: built, title: 'Never mind' })
  const seen = await eventually(
    () => panel.client.publishing.list({ siteId }),
    ({ runs }) => (runs[0]?.progress?.done ?? 0) > 10,
  )
  expect(seen.runs[0]).toMatchObject({
    id,
    state: 'uploading',
    canCancel: true,
    progress: { phase: expect.stringMatching(/^uploading/) },
  })
  await panel.client.publishing.cancel({ runId: id })
  letGo()
  s3.before = () => null
  const run = await runEnded(id)
  expect(run.state, run.message).toBe('cancelled')
  expect(run.message).toContain('taken away')
  expect(new Set(s3.objects.keys())).toEqual(before)
}, 120_000)

test('a site without publishing says so, and a folder without pages is refused', async () => {
  const { objects: _objects, ...plain } = publishingSite(stack, s3)
  const { siteId: other } = await panel.client.sites.add({ ...plain, name: 'Plain', key: 'plain' })
  expect(await panel.client.publishing.list({ siteId: other })).toEqual({ possible: false, runs: [] })
  await expect(panel.client.publishing.folder({ siteId: other, path: built })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const empty = mkdtempSync(join(tmpdir(), 'frostline-empty-'))
  await expect(panel.client.publishing.folder({ siteId, path: empty })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await expect(panel.clientFor('operator').publishing.folder({ siteId, path: built })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
}, 120_000)
