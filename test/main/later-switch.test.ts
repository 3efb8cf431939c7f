import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../support/demo.ts'

const secrets = memorySecrets()
let stack: TestDemo
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  stack = await startTestDemo(undefined, { ...quickTimings, invalidationMs: 5_000 })
  panel = await startTestCore({ secrets })
  siteId = (await panel.client.sites.add(stack.site)).siteId
  await eventually(
    deploys,
    ({ deploys: all }) => all.length === 3 && all.every(({ changes }, at) => at === 2 || changes !== null),
    40_000,
  )
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.some(({ total }) => (total ?? 0) > 100) && jobs.every((job) => job.state !== 'running'),
    60_000,
  )
}, 120_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

const deploys = () => panel.client.deploys.list({ siteId })
const draft = async (path: string) => (await panel.client.plans.create({ siteId, selection: { kind: 'paths', text: path } })).id
async function purgeUnderWay(path: string): Promise<string> {
  const planId = await draft(path)
  await panel.client.plans.start({ planId })
  return planId
}
const ended = (planId: string) =>
  eventually(
    () => panel.client.plans.get({ planId }),
    ({ endedAtMs }) => endedAtMs !== null,
    40_000,
  )

test('a roll back during a purge waits for its end when it is asked to, also across a restart, and then is done', async () => {
  const purge = await purgeUnderWay('/feed.xml')
  await expect(panel.client.deploys.switchTo({ siteId, releaseId: 'r-1' })).rejects.toMatchObject({
    message: 'A purge of this site is under way.',
  })
  const { waitsFor } = await panel.client.deploys.preview({ siteId, releaseId: 'r-1' })
  expect(waitsFor).toBe('A purge of this site is under way.')
  const { later } = await panel.client.deploys.switchLater({ siteId, releaseId: 'r-1' })
  expect(later).toMatchObject({ to: { id: 'r-1', title: 'First release' }, waitsFor, problem: null })
  // Nothing else slips in before it.
  const another = await draft('/robots.txt')
  await expect(panel.client.plans.start({ planId: another })).rejects.toMatchObject({
    message: expect.stringMatching(/^Visitors get r-1 as soon as what is under way has ended/),
  })

  await panel.close()
  panel = await startTestCore({ secrets, dataFolder: panel.dataFolder })
  expect((await deploys()).later ?? (await deploys()).lastSwitch).toMatchObject({ to: { id: 'r-1' } })
  expect((await ended(purge)).state).toBe('done')
  const done = await eventually(deploys, ({ lastSwitch }) => lastSwitch?.endedAtMs !== null && lastSwitch !== null, 40_000)
  expect(done.lastSwitch).toMatchObject({ state: 'done', to: { id: 'r-1' }, pins: true })
  expect(done.lastSwitch?.startedAtMs).toBeGreaterThanOrEqual((await panel.client.plans.get({ planId: purge })).startedAtMs ?? 0)
  expect(done).toMatchObject({ later: null, pin: { release: { id: 'r-1' } } })
  if (done.lastSwitch?.planId) await ended(done.lastSwitch.planId)
}, 120_000)

test('one that is cancelled while it waits is never begun', async () => {
  const before = (await deploys()).lastSwitch?.id
  const purge = await purgeUnderWay('/feed.xml')
  await panel.client.deploys.switchLater({ siteId, releaseId: 'r-2' })
  expect(await panel.client.deploys.cancelLater({ siteId })).toEqual({ cancelled: true })
  expect(await panel.client.deploys.cancelLater({ siteId })).toEqual({ cancelled: false })
  await ended(purge)
  const next = await draft('/robots.txt')
  await panel.client.plans.start({ planId: next })
  await ended(next)
  const after = await deploys()
  expect(after.later).toBeNull()
  expect(after.lastSwitch?.id).toBe(before)
}, 120_000)

test('the release that visitors have cannot be waited for', async () => {
  await expect(panel.client.deploys.switchLater({ siteId, releaseId: 'r-1' })).rejects.toMatchObject({ code: 'CONFLICT' })
})
