import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBucketOrigin } from '../../support/bucket-origin.ts'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import { writeSite } from '../../support/local-release.ts'
import { BUCKET, publishingSite } from '../../support/publishing-site.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'
import type { TestServer } from '../platform/http-test-server.ts'

// Two desktops that publish the same site to the same bucket.
interface Desktop {
  readonly panel: RunningCore
  readonly siteId: string
}
const secrets = memorySecrets()
let s3: S3Server
let origin: TestServer
let stack: TestDemo
let ada: Desktop
let bea: Desktop

async function desktop(): Promise<Desktop> {
  const panel = await startTestCore()
  const { siteId } = await panel.client.sites.add(publishingSite(stack, s3))
  return { panel, siteId }
}

beforeAll(async () => {
  s3 = await startS3Server('AKIATEST')
  origin = await startBucketOrigin(s3, BUCKET)
  stack = await startTestDemo(mkdtempSync(join(tmpdir(), 'frostline-demo-')), quickTimings, origin.url)
  const panel = await startTestCore({ secrets })
  const { siteId } = await panel.client.sites.add(publishingSite(stack, s3))
  ada = { panel, siteId }
}, 120_000)
afterAll(async () => {
  await Promise.all([ada?.panel.close(), bea?.panel.close()])
  await stack?.demo.close()
  await Promise.all([s3?.stop(), origin?.stop()])
})

const deploys = ({ panel, siteId }: Desktop) => panel.client.deploys.list({ siteId })
async function publish({ panel, siteId }: Desktop, words: string) {
  const path = writeSite({ 'index.html': `<!doctype html><title>Home</title><p>${words}` })
  const { id } = await panel.client.publishing.folder({ siteId, path, title: words })
  const { runs } = await eventually(
    () => panel.client.publishing.list({ siteId }),
    (list) => list.runs.some((run) => run.id === id && run.endedAtMs !== null),
    60_000,
  )
  return runs.find((run) => run.id === id)
}
async function purgesEnded({ panel, siteId }: Desktop) {
  await eventually(
    () => panel.client.plans.list({ siteId }),
    (plans) => plans.every(({ state, endedAtMs }) => state === 'draft' || endedAtMs !== null),
    60_000,
  )
}
const switched = (who: Desktop, id: string | undefined) =>
  eventually(
    () => deploys(who),
    ({ lastSwitch }) => lastSwitch?.id === id && lastSwitch?.state === 'done',
    40_000,
  )
const pinObject = () => {
  const text = s3.objects.get(`${BUCKET}/releases/pin.json`)?.body.toString()
  return text === undefined ? null : (JSON.parse(text) as { pin: { releaseId: string; by: string } | null; why: string })
}

test('a site that nobody pinned has no pin in its bucket', async () => {
  expect(await publish(ada, 'First')).toMatchObject({ state: 'done' })
  await purgesEnded(ada)
  expect(await publish(ada, 'Second')).toMatchObject({ state: 'done' })
  await purgesEnded(ada)
  expect(pinObject()).toBeNull()
}, 120_000)

test('a roll back is kept in the bucket, and another desktop’s deploy is held by it at once', async () => {
  bea = await desktop()
  const first = (await deploys(ada)).deploys.find(({ title }) => title === 'First')
  const begun = await ada.panel.client.deploys.switchTo({ siteId: ada.siteId, releaseId: first?.releaseId ?? '' })
  await switched(ada, begun.id)
  await eventually(
    async () => pinObject(),
    (shared) => shared?.pin?.releaseId === first?.releaseId,
  )
  expect(pinObject()).toMatchObject({
    pin: { by: 'Test' },
    why: 'Visitors were given “First” in place of a newer release.',
  })
  const held = await publish(bea, 'Third, of another desktop')
  expect(held).toMatchObject({ state: 'held', message: expect.stringContaining(`visitors go on getting ${first?.releaseId}`) })
  expect((await deploys(bea)).pin).toMatchObject({ release: { id: first?.releaseId }, by: 'Test' })
  const log = await bea.panel.client.activity.log({ siteId: bea.siteId })
  expect(log.rows.map(({ text }) => text)).toContain(`Pinned to ${first?.releaseId} at another desktop`)
}, 120_000)

test('a desktop that starts learns that another one has unpinned the site', async () => {
  await ada.panel.close()
  await purgesEnded(bea)
  const forward = await bea.panel.client.deploys.unpin({ siteId: bea.siteId })
  await switched(bea, forward?.id)
  await purgesEnded(bea)
  await eventually(
    async () => pinObject(),
    (shared) => shared !== null && shared.pin === null,
  )
  ada = { ...ada, panel: await startTestCore({ secrets, dataFolder: ada.panel.dataFolder }) }
  await eventually(
    () => deploys(ada),
    ({ pin }) => pin === null,
  )
  expect(await publish(ada, 'Fourth')).toMatchObject({ state: 'done' })
}, 120_000)

test('a pin in the bucket that cannot be read holds a deploy rather than be overruled', async () => {
  await purgesEnded(ada)
  const key = `${BUCKET}/releases/pin.json`
  const before = s3.objects.get(key)
  if (!before) throw new Error('there is no pin')
  s3.objects.set(key, { ...before, body: Buffer.from('{"version":2}') })
  const run = await publish(ada, 'Fifth')
  expect(run).toMatchObject({ state: 'failed', message: expect.stringContaining('The pin in lollies-pages (releases/pin.json)') })
  s3.objects.set(key, before)
}, 120_000)
